"""The OpenAPI document of `classify serve`: what programs that call it are made from."""

from collections.abc import Sequence
from typing import Any

from classifier.analysis.area_shares import NO_AREA
from classifier.analysis.measures import MeasuredIn
from classifier.analysis.units import Unit
from classifier.records import ContributionKind, Kind

JSON_TYPE, LINES_TYPE, FILE_TYPE = "application/json", "application/x-ndjson", "application/octet-stream"
Schema = dict[str, Any]
_WHOLE, _NUMBER, _TEXT = {"type": "integer"}, {"type": "number"}, {"type": "string"}
_SCORE = {"type": "number", "minimum": 0, "maximum": 1}


def openapi_document(version: str, areas: Sequence[str], needs_token: bool) -> Schema:
    """Return the document. areas: ids of the model's. needs_token: whether requests must carry a token."""
    document: Schema = {
        "openapi": "3.1.0",
        "info": {"title": "classify serve", "version": version, "description": "Policy areas of Chinese reports."},
        "paths": {
            "/predict": {"post": _predict(areas)},
            "/shares": {"post": _shares()},
            "/version": {"get": _get("Which program and model answer", "Version", needs_token)},
            "/openapi.json": {"get": _get("This document", None, needs_token)},
            "/health": {"get": {**_get("Whether the server answers", "Health", False), "security": []}},
        },
        "components": {"schemas": _schemas(list(areas))},
    }
    if needs_token:
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"token": []}]
        for path in ("/predict", "/shares"):
            document["paths"][path]["post"]["responses"]["401"] = _fault("The token is missing or another")
    return document


def _predict(areas: Sequence[str]) -> Schema:
    one = f"({'|'.join(areas)})"
    ids = rf"[\s,]*{one}(\s*,[\s,]*{one})*[\s,]*"
    listed = {"type": "string", "pattern": f"^(all|core|{ids})$", "default": "all"}
    lines = {
        "schema": {"type": "string", "description": "A Record of components on each line, as classify predict writes."}
    }
    return {
        "summary": "Tag a text or a file",
        "operationId": "predict",
        "parameters": [
            _option("unit", [unit.value for unit in Unit], "What a record is about"),
            _option("explain", ["false", "true"], "Say what speaks for and against each area"),
            _option("scores", ["tagged", "all"], "Add the score of every area"),
            {
                "name": "areas",
                "in": "query",
                "schema": listed,
                "description": "all, core, or ids with commas between; blanks do not matter",
            },
            *_common(),
        ],
        "requestBody": _body(),
        "responses": {"200": _good({LINES_TYPE: lines}), **_faults()},
    }


def _shares() -> Schema:
    rows = {"type": "array", "items": {"$ref": "#/components/schemas/Share"}}
    return {
        "summary": "The share of each area in a text or a file, corrected for the known errors of the model",
        "operationId": "shares",
        "parameters": [_option("measure", [m.value for m in MeasuredIn], "In what shares are measured"), *_common()],
        "requestBody": _body(),
        "responses": {"200": _good({JSON_TYPE: {"schema": rows}}), **_faults()},
    }


def _option(name: str, values: Sequence[str], what: str) -> Schema:
    schema = {"type": "string", "enum": list(values), "default": values[0]}
    return {"name": name, "in": "query", "schema": schema, "description": what}


def _common() -> list[Schema]:
    name = {
        "name": "name",
        "in": "query",
        "schema": _TEXT,
        "description": "Name of the document; of a file, with its ending",
    }
    return [_option("lang", ["zh", "en"], "Language of the names of areas"), name]


def _body() -> Schema:
    text: Schema = {
        "type": "object",
        "required": ["text"],
        "properties": {"text": _TEXT, "name": _TEXT},
        "additionalProperties": False,
    }
    return {
        "required": True,
        "description": "A text as JSON, or the bytes of a file: Word, PDF, OFD, web page, plain text.",
        "content": {JSON_TYPE: {"schema": text}, FILE_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }


def _good(content: Schema) -> Schema:
    headers = {"classify-model": {"description": "SHA-256 of the model's manifest", "schema": _TEXT}}
    return {"description": "The answer", "headers": headers, "content": content}


def _get(what: str, schema: str | None, needs_token: bool) -> Schema:
    shape = {"type": "object"} if schema is None else {"$ref": f"#/components/schemas/{schema}"}
    responses: Schema = {"200": {"description": what, "content": {JSON_TYPE: {"schema": shape}}}}
    if needs_token:
        responses["401"] = _fault("The token is missing or another")
    return {"summary": what, "responses": {**responses, "403": _fault("Another site asks, or a name not known here")}}


def _faults() -> Schema:
    return {
        "400": _fault("An option or the JSON is wrong"),
        "403": _fault("Another site asks, or a name not known here"),
        "413": _fault("Larger than the limit"),
        "422": _fault("The file cannot be read"),
    }


def _fault(what: str) -> Schema:
    return {"description": what, "content": {JSON_TYPE: {"schema": {"$ref": "#/components/schemas/Fault"}}}}


def _schemas(areas: list[str]) -> Schema:
    area = {"type": "string", "enum": areas}
    scored = _object({"id": area, "score": _SCORE})
    sentence = _object({"start": _WHOLE, "end": _WHOLE, "item": _or_null(_TEXT), "areas": _list(scored)})
    contribution = _object(
        {
            "kind": {"type": "string", "enum": [kind.value for kind in ContributionKind]},
            "name": _TEXT,
            "start": _or_null(_WHOLE),
            "end": _or_null(_WHOLE),
            "value": _NUMBER,
        }
    )
    record = _object(
        {
            "document": _TEXT,
            "paragraph": _WHOLE,
            "line": _WHOLE,
            "page": _or_null(_WHOLE),
            "kind": {"type": "string", "enum": [kind.value for kind in Kind]},
            "heading": _list(_TEXT),
            "text": _TEXT,
            "areas": _list(_object({"id": area, "name": _TEXT, "score": _SCORE})),
            "sentences": _list(sentence),
            "columns": {"type": "null"},
        },
        {
            "scores": {"type": "object", "additionalProperties": _SCORE},
            "unit": {"anyOf": [_object({"number": _WHOLE, "start": _WHOLE, "end": _WHOLE}), {"type": "null"}]},
            "explanations": _list({"$ref": "#/components/schemas/Explanation"}),
        },
    )
    explained = {"probability": _SCORE, "logit": _NUMBER, "intercept": _NUMBER, "tagged": {"type": "boolean"}}
    version = {"program": _TEXT, "version": _TEXT, "model": _TEXT, "data": _TEXT, "threshold": _SCORE, "unit": _TEXT}
    return {
        "Record": record,
        "Explanation": _object({"area": area, **explained, "contributions": _list(contribution)}),
        "Share": _share(areas),
        "Version": _object({**version, "areas": _list(_object({"id": area, "zh": _TEXT, "en": _TEXT}))}),
        "Health": _object({"status": {"type": "string", "const": "ok"}}),
        "Fault": _object({"error": _TEXT}),
    }


def _share(areas: list[str]) -> Schema:
    """Return the schema of a row of `classify shares --format json`: a share, as tagged and corrected."""
    known, maybe = ("raw", "share", "raw_coverage", "coverage"), ("low", "high", "coverage_low", "coverage_high")
    figures: Schema = dict.fromkeys(known, _SCORE) | dict.fromkeys(maybe, _or_null(_SCORE))
    return _object(
        {
            "group": _TEXT,
            "area": {"type": "string", "enum": [*areas, NO_AREA]},
            "name": _TEXT,
            **figures,
            "documents": _WHOLE,
            "unlike": _WHOLE,
            "sampled": {"type": "boolean"},
            "corrected_by": {"type": "string", "enum": ["model", "labels", "nothing"]},
            "labels": _WHOLE,
        }
    )


def _object(required: Schema, optional: Schema | None = None) -> Schema:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}
