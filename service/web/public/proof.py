"""The public key of the system and the last seal of the journal: with them anybody checks our proofs (L69.1)."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from service.domain.canonical import instant
from service.web.public.door import program, public


@public.get("/proof")
def proof() -> ResponseReturnValue:
    """How to check a package or a proof without our server, and the key to do it with."""
    return render_template("public/proof.html", key=program().system_key, seal=program().queries.last_seal())


@public.get("/proof/key.pem")
def proof_key() -> ResponseReturnValue:
    """The public key, in PEM."""
    return Response(program().system_key.public_key, mimetype="application/x-pem-file")


@public.get("/proof.json")
def proof_json() -> ResponseReturnValue:
    """Key and last seal for programs: who keeps the seal can see later that nothing before it was taken away."""
    key, seal = program().system_key, program().queries.last_seal()
    told = seal and {
        "number": seal.number,
        "at": instant(seal.at),
        "previous": seal.previous,
        "hash": seal.hash,
        "key_id": seal.key_id,
        "signature": seal.signature,
    }
    return {"algorithm": "Ed25519", "key_id": key.key_id, "public_key": key.public_key, "seal": told or None}
