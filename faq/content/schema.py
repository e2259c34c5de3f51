"""The JSON Schema of an FAQ file, generated from the models, for completion in editors."""

from __future__ import annotations

import json

from faq.content.document import Document


def schema() -> str:
    """The content of ``entries/schema.json``; deterministic."""
    generated = Document.model_json_schema()
    generated["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    generated["title"] = "Madoguchi FAQ"
    return json.dumps(generated, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
