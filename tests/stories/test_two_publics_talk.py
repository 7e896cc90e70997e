"""A student in Shenzhen asks The Hague in Chinese, is answered in Dutch, marks what helped, and it becomes common to both cities."""

from __future__ import annotations

import re

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import translation

from cityplus.cities.models import City, Member
from cityplus.languages.text import Version
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Matter, Post, Question
from cityplus.social.tests.cast import resident
from cityplus.ties.models import Common, Tie

pytestmark = pytest.mark.django_db
ASK = "/zh-hans/@thehague/questions/new/"
DESK = "/desk/@thehague/conversation/"


def get(client: Client, path: str) -> str:
    """A page as it is now; what one reader's language was is not that of the next."""
    with translation.override("en"):
        answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def post(client: Client, path: str, **words: object) -> str:
    with translation.override("en"):
        answer = client.post(path, words)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_question_is_asked_in_one_language_answered_in_another_and_kept_in_both(
    thehague: City, shenzhen: City, editor: Person
) -> None:
    tie = Tie.propose(thehague, shenzhen, by="test")
    tie.accept(shenzhen, by="test")
    mei, piet = (
        sign_in(Person.objects.get(profile__actor=resident(name, home)))
        for name, home in (("mei", shenzhen), ("piet", thehague))
    )
    team = sign_in(editor)

    # She asks in Chinese; it stands in the space of the two cities, and waits at the desk.
    post(mei, ASK, language="zh-Hans", text="请问去海牙的海滩怎么走？")
    question = Question.objects.get()
    assert question.post.space and question.post.space.handle == "shenzhen+thehague"
    assert "请问去海牙的海滩怎么走？" in get(team, DESK)

    # A resident answers in Dutch, and then the team does, as the city.
    url = f"/@thehague/questions/{question.pk}/"
    post(piet, f"/nl{url}answers/", language="nl", text="Met lijn 9, tot het eind.")
    matter = Matter.objects.get(post=question.post, city=thehague)
    assert (matter.state, Question.objects.get().state) == ("done", "answered")
    first = Post.objects.get(reply_to=question.post)
    post(team, f"{DESK}{matter.pk}/answers/", **{"text:nl": "Of met lijn 1.", "seen": str(first.pk)})

    last = Post.objects.get(reply_to=question.post, author=thehague.actor)

    # She reads the answer in Chinese, beside its original, once there is a version, and marks it.
    text = first.text.with_version("zh-Hans", Version("乘九路车到终点站。", "machine"))
    Post.objects.filter(pk=first.pk).update(text=text)
    first.touch()
    page = get(mei, f"/zh-hans{url}")
    assert re.search(r'lang="zh-Hans"[^>]*><p>乘九路车到终点站。', page)
    assert re.search(r'lang="nl"[^>]*>.*Met lijn 9, tot het eind\.', page, re.S)
    post(mei, f"/zh-hans{url}help/", answer=first.pk)

    # The thread has it first, and says so.
    thread = get(Client(), f"/@mei/posts/{question.pk}/")
    assert "This helped the asker" in thread
    assert thread.index(f'id="post-{first.pk}"') < thread.index(f'id="post-{last.pk}"')

    # The Hague proposes it in both languages, Shenzhen agrees, and everybody reads it.
    post(team, "/desk/@thehague/common/", question=question.pk)
    common = Common.objects.get()
    owner = Person.objects.create_user("shenzhen-owner")
    Member.join(shenzhen, owner, "owner", by="test")
    words = {"question:zh-Hans": "请问去海牙的海滩怎么走？", "question:nl": "Hoe kom ik bij het strand?"}
    words |= {"answer:nl": "Met lijn 9, tot het eind.", "answer:zh-Hans": "乘九路车到终点站。"}
    post(team, f"/desk/@thehague/common/{common.pk}/", seen=common.revision, **words)
    common.refresh_from_db()
    post(sign_in(owner), f"/desk/@shenzhen/common/{common.pk}/agreement/", seen=common.revision)
    dutch, chinese = (get(Client(), f"{prefix}/ties/shenzhen+thehague/questions/") for prefix in ("/nl", "/zh-hans"))
    assert "Hoe kom ik bij het strand?" in dutch
    assert "请问去海牙的海滩怎么走？" in chinese
    assert "乘九路车到终点站。" in chinese
    common.refresh_from_db()
    assert common.answer.versions["zh-Hans"].state == "reviewed", "Shenzhen has read it"

    # She takes the question back: it is gone from everywhere but the words on which the cities agreed.
    posting.delete(question.post, by="mei")
    assert "请问" not in get(Client(), "/@thehague/questions/?v=2")
    assert "请问" not in get(team, f"{DESK}?show=done")
