"""`make translations`: bring every catalogue up to the code and say what lacks words."""

import click

from web.language import LANGUAGES
from web.translations.catalogue import update

for language in LANGUAGES:
    if language != "en":
        lacking = update(language)
        click.echo(f"{language}: {len(lacking)} messages without words")
