"""First tables of this room."""

import cityplus.languages.fields
import cityplus.languages.text
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actors", "0002_pairs"),
        ("cities", "0006_admission"),
        ("media", "0005_found_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("shown", models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tally",
                        serialize=False,
                        to="actors.actor",
                    ),
                ),
                ("followers", models.IntegerField(default=0)),
                ("following", models.IntegerField(default=0)),
                ("posts", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "tallies",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("by", models.CharField(max_length=150)),
                ("text", cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text)),
                (
                    "note",
                    cityplus.languages.fields.MultilingualField(
                        blank=True,
                        default=cityplus.languages.text.Text,
                        help_text="Content note: what it is about, shown in its place until the reader opens it",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "Public"), ("followers", "Followers"), ("mentioned", "Mentioned")],
                        default="public",
                        max_length=9,
                    ),
                ),
                ("thread", models.BigIntegerField()),
                (
                    "who_replies",
                    models.CharField(
                        choices=[
                            ("everyone", "Everyone"),
                            ("followers", "Followers"),
                            ("pair", "Pair"),
                            ("nobody", "Nobody"),
                        ],
                        default="everyone",
                        max_length=9,
                    ),
                ),
                (
                    "who_boosts",
                    models.CharField(
                        choices=[
                            ("everyone", "Everyone"),
                            ("followers", "Followers"),
                            ("pair", "Pair"),
                            ("nobody", "Nobody"),
                        ],
                        default="everyone",
                        max_length=9,
                    ),
                ),
                (
                    "who_quotes",
                    models.CharField(
                        choices=[
                            ("everyone", "Everyone"),
                            ("followers", "Followers"),
                            ("pair", "Pair"),
                            ("nobody", "Nobody"),
                        ],
                        default="everyone",
                        max_length=9,
                    ),
                ),
                ("attached_kind", models.CharField(blank=True, max_length=20)),
                ("attached_id", models.BigIntegerField(default=0)),
                ("replies", models.IntegerField(default=0)),
                ("favourites", models.IntegerField(default=0)),
                ("boosts", models.IntegerField(default=0)),
                ("quotes", models.IntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("edited_at", models.DateTimeField(null=True)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("frozen_at", models.DateTimeField(null=True)),
                ("withheld_at", models.DateTimeField(null=True)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "asks",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="actors.actor",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="actors.actor"
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quoted_by",
                        to="social.post",
                    ),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="social.post",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="said_here",
                        to="actors.actor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="actors.actor"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="social.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Favourite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="actors.actor"),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="favourite_rows", to="social.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own", "Own"),
                            ("boost", "Boost"),
                            ("asked", "a question to the public of this city"),
                            ("pair", "said in the space of this pair"),
                        ],
                        max_length=5,
                    ),
                ),
                ("listed", models.BooleanField(default=False)),
                ("language", models.CharField(max_length=35)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="actors.actor"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="actors.actor"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="social.post"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
            },
        ),
        migrations.CreateModel(
            name="Boost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("number", models.BigIntegerField(default=0, help_text="Id of its entry")),
                (
                    "actor",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="actors.actor"),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="boost_rows", to="social.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="actors.actor"),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="social.post"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostMedium",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "medium",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="media.medium"),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="media_rows", to="social.post"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="PostVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text)),
                ("note", cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text)),
                ("by", models.CharField(max_length=150)),
                ("until", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="social.post"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("languages", models.JSONField(default=list)),
                (
                    "about",
                    cityplus.languages.fields.MultilingualField(blank=True, default=cityplus.languages.text.Text),
                ),
                ("locked", models.BooleanField(default=False)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="profile", to="actors.actor"
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="residents",
                        to="cities.city",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.medium",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taggings", to="social.post"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taggings", to="social.tag"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Bar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("block", "Block"), ("mute", "Mute")], max_length=5)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bars", to="actors.actor"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="barred_by", to="actors.actor"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("actor", "target", "kind"), name="social_bar_once"),
                    models.CheckConstraint(
                        condition=models.Q(("actor", models.F("target")), _negated=True), name="social_bar_another"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="actors.actor"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="followed", to="actors.actor"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["target", "-id"], name="social_followers")],
                "constraints": [
                    models.UniqueConstraint(fields=("actor", "target"), name="social_follow_once"),
                    models.CheckConstraint(
                        condition=models.Q(("actor", models.F("target")), _negated=True), name="social_follow_another"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="actors.actor"),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asked_by", to="actors.actor"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("actor", "target"), name="social_ask_once")],
            },
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["author", "-id"], name="social_posts_of"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["thread", "id"], name="social_thread"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["reply_to", "id"], name="social_replies"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["asks", "-id"], name="social_questions"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("actor", "post"), name="social_mention_once"),
        ),
        migrations.AddConstraint(
            model_name="favourite",
            constraint=models.UniqueConstraint(fields=("actor", "post"), name="social_favourite_once"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["actor", "-id"], name="social_entries_of"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["post", "id"], name="social_entries_post"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("listed", True)), fields=["-id"], name="social_entries_listed"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("actor", "post", "kind"), name="social_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="boost",
            constraint=models.UniqueConstraint(fields=("actor", "post"), name="social_boost_once"),
        ),
        migrations.AddConstraint(
            model_name="bookmark",
            constraint=models.UniqueConstraint(fields=("actor", "post"), name="social_bookmark_once"),
        ),
        migrations.AddConstraint(
            model_name="postmedium",
            constraint=models.UniqueConstraint(fields=("post", "place"), name="social_medium_place"),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.UniqueConstraint(fields=("tag", "post"), name="social_tagged_once"),
        ),
    ]
