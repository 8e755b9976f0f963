"""Signs what we send to the gateway with the organisation's key: WS-Security over the body, XMLDSig inside data (R4.1).

RSA with SHA-256 and exclusive canonical XML. Keys of the national GOST algorithm need a certified tool and are not
handled here. Signatures on the gateway's answers are not checked: authenticity of answers rests on TLS to its address.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureConstructionMethod
from signxml.signer import XMLSigner

from service.adapters.shep_envelope import SOAP, WSU, find

DS = "http://www.w3.org/2000/09/xmldsig#"
_OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-"
WSSE = f"{_OASIS}wss-wssecurity-secext-1.0.xsd"
_X509V3 = f"{_OASIS}wss-x509-token-profile-1.0#X509v3"
_BASE64 = f"{_OASIS}wss-soap-message-security-1.0#Base64Binary"
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_BODY_ID = "id-body"


@dataclass(frozen=True)
class OrganisationKey:
    """The organisation's RSA key on the gateway, with its certificate."""

    private_key: RSAPrivateKey
    certificate: x509.Certificate

    @classmethod
    def load(cls, path: Path, password: str) -> OrganisationKey:
        """Read a PKCS#12 file. Raises ValueError when it does not hold an RSA key with its certificate."""
        key, certificate, _others = pkcs12.load_key_and_certificates(path.read_bytes(), password.encode() or None)
        if not isinstance(key, RSAPrivateKey) or certificate is None:
            raise ValueError("the PKCS#12 file holds no RSA key with its certificate")
        return cls(key, certificate)

    def sign_body(self, envelope: etree._Element) -> None:
        """Add a WS-Security header with a signature over the envelope's body."""
        header, body = find(envelope, "Header"), find(envelope, "Body")
        if header is None or body is None:
            raise ValueError("not an envelope")
        body.set(f"{{{WSU}}}Id", _BODY_ID)
        security = etree.SubElement(header, f"{{{WSSE}}}Security", nsmap={"wsse": WSSE})
        security.set(f"{{{SOAP}}}mustUnderstand", "1")
        signature = etree.SubElement(security, f"{{{DS}}}Signature", nsmap={"ds": DS})
        signed = _signed_info(signature, hashlib.sha256(_canonical(body)).digest())
        value = self.private_key.sign(_canonical(signed), PKCS1v15(), SHA256())
        etree.SubElement(signature, f"{{{DS}}}SignatureValue").text = _base64(value)
        self._add_certificate(signature)

    def sign_enveloped(self, element: etree._Element) -> etree._Element:
        """Return the element with a signature inside it, as services that check the data themselves ask for."""
        signer = XMLSigner(
            method=SignatureConstructionMethod.enveloped,
            c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        )
        return signer.sign(element, key=self.private_key, cert=[self.certificate])

    def _add_certificate(self, signature: etree._Element) -> None:
        key_info = etree.SubElement(signature, f"{{{DS}}}KeyInfo")
        reference = etree.SubElement(key_info, f"{{{WSSE}}}SecurityTokenReference")
        identifier = etree.SubElement(reference, f"{{{WSSE}}}KeyIdentifier", EncodingType=_BASE64, ValueType=_X509V3)
        identifier.text = _base64(self.certificate.public_bytes(Encoding.DER))


def _signed_info(signature: etree._Element, digest: bytes) -> etree._Element:
    info = etree.SubElement(signature, f"{{{DS}}}SignedInfo")
    etree.SubElement(info, f"{{{DS}}}CanonicalizationMethod", Algorithm=_EXCLUSIVE)
    etree.SubElement(info, f"{{{DS}}}SignatureMethod", Algorithm=_RSA_SHA256)
    reference = etree.SubElement(info, f"{{{DS}}}Reference", URI=f"#{_BODY_ID}")
    transforms = etree.SubElement(reference, f"{{{DS}}}Transforms")
    etree.SubElement(transforms, f"{{{DS}}}Transform", Algorithm=_EXCLUSIVE)
    etree.SubElement(reference, f"{{{DS}}}DigestMethod", Algorithm=_SHA256)
    etree.SubElement(reference, f"{{{DS}}}DigestValue").text = _base64(digest)
    return info


def _canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
