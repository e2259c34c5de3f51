"""The JSON Schema of a FAQ file, which editors use for completion; generated from the models."""

from __future__ import annotations

import json

from faq.content.document import Document


def schema() -> str:
    """Deterministic text, ready to be written to ``entries/schema.json``."""
    generated = Document.model_json_schema()
    generated["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    generated["title"] = "Madoguchi FAQ"
    return json.dumps(generated, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
