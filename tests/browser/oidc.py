"""A provider of accounts on loopback: OpenID Connect as far as a log-in needs it, with claims a test may
choose.
"""

import json
import threading
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CLIENT, SECRET = "poa", "a secret of this test alone"


class Provider:
    """claims: what the next log-in says of the person, over what a good one says; cookies: of those who have
    logged in.
    """

    def __init__(self, address: str) -> None:
        self.address, self.claims = address, {}
        self.cookies: dict[str, list] = {}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.given: dict[str, dict] = {}

    def metadata(self) -> dict:
        own = {name: f"{self.address}/{name}" for name in ("authorize", "token", "keys", "userinfo")}
        return {
            "issuer": self.address,
            "authorization_endpoint": own["authorize"],
            "token_endpoint": own["token"],
            "jwks_uri": own["keys"],
            "userinfo_endpoint": own["userinfo"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict:
        public = self.key.public_key().public_numbers()
        return {
            "keys": [
                {
                    "kty": "RSA",
                    "alg": "RS256",
                    "use": "sig",
                    "kid": "one",
                    "n": _number(public.n),
                    "e": _number(public.e),
                }
            ]
        }

    def code(self, nonce: str) -> str:
        """What the browser carries back, good for one token."""
        now = int(time.time())
        said = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 3600,
            "nonce": nonce,
            "email_verified": True,
        }
        code = sha256(f"{nonce}{now}".encode()).hexdigest()
        self.given[code] = {name: value for name, value in (said | self.claims).items() if value is not None}
        return code

    def token(self, code: str) -> dict:
        head, claims = ({"alg": "RS256", "typ": "JWT", "kid": "one"}, self.given.pop(code))
        signed = ".".join(_text(json.dumps(part).encode()) for part in (head, claims))
        signature = self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return {
            "access_token": "none",
            "token_type": "Bearer",
            "expires_in": 3600,
            "id_token": f"{signed}.{_text(signature)}",
        }


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _number(number: int) -> str:
    return _text(number.to_bytes((number.bit_length() + 7) // 8, "big"))


class _Answers(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/authorize":
            back = urlencode({"code": self.provider.code(asked.get("nonce", "")), "state": asked["state"]})
            self.send_response(302)
            self.send_header("location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        else:
            self._say(self.provider.keys() if parts.path == "/keys" else self.provider.metadata())

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        self._say(self.provider.token(sent["code"][0]))

    def _say(self, answer: dict) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told) -> None:
        """Nothing: a test says what it saw."""


@contextmanager
def provider():
    """A provider that answers until the test is done."""
    answers = type("Answers", (_Answers,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    answers.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield answers.provider
    finally:
        server.shutdown()
        server.server_close()
