from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from cityplus.ceremonies.models import Ceremony
from cityplus.ceremonies.views.keepsake import kept_page


def nothing(request, **kw):
    return HttpResponse("")


def ceremony(request, pk):
    c = get_object_or_404(Ceremony.objects.visible_to(request.user), pk=pk)
    return kept_page(request, c) if c.state == "kept" else HttpResponse(str(c.title))
