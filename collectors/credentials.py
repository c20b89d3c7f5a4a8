"""How a request is signed. Secrets come from the environment and nowhere else."""

from collections.abc import Callable
from typing import Any, Protocol

from collectors.errors import AccessRefused
from collectors.secrets import optional_secret, remembered, secret

# Sends a form and gives back the JSON object of the answer.
Ask = Callable[[str, dict[str, str]], dict[str, Any]]


class Credentials(Protocol):
    """Signs the requests of one run."""

    def headers(self, ask: Ask, now: float) -> dict[str, str]:
        """The headers that sign a request made at `now` (monotonic seconds)."""

    def renew(self) -> bool:
        """Forget a refused token; True if asking again may get another one."""


class Bearer:
    """A token from the environment in the Authorization header, and fixed headers.

    The header keeps the token out of addresses and logs.
    """

    def __init__(self, variable: str, **headers: str) -> None:
        self._headers = {**headers, "Authorization": f"Bearer {secret(variable)}"}

    def headers(self, ask: Ask, now: float) -> dict[str, str]:
        """The fixed headers."""
        return self._headers

    def renew(self) -> bool:
        """A token from the environment cannot be renewed."""
        return False


class OptionalHeaders:
    """Headers whose values come from the environment where they are set."""

    def __init__(self, **variables: str) -> None:
        found = {
            name: optional_secret(variable) for name, variable in variables.items()
        }
        self._headers = {name: value for name, value in found.items() if value}

    def headers(self, ask: Ask, now: float) -> dict[str, str]:
        """The headers that are set; none means anonymous access."""
        return self._headers

    def renew(self) -> bool:
        """Nothing to renew."""
        return False


class ClientCredentials:
    """A short-lived token bought with a client key and secret, renewed before it ends.

    Source: developers.tiktok.com/doc/client-access-token-management.
    """

    # Renewed this long before the end, so that no request meets an expired token.
    MARGIN_SECONDS = 300.0

    def __init__(self, address: str, key_variable: str, secret_variable: str) -> None:
        self._address = address
        self._form = {
            "client_key": secret(key_variable),
            "client_secret": secret(secret_variable),
            "grant_type": "client_credentials",
        }
        self._token = ""
        self._ends_at = 0.0

    def headers(self, ask: Ask, now: float) -> dict[str, str]:
        """The Authorization header with a token that is still good for a while.

        Raises:
            AccessRefused: the library gives no token for these credentials.
        """
        if not self._token or now >= self._ends_at - self.MARGIN_SECONDS:
            told = ask(self._address, self._form)
            token, seconds = told.get("access_token"), told.get("expires_in")
            if not isinstance(token, str) or not isinstance(seconds, int | float):
                why = str(told.get("error_description") or told.get("error") or "")
                raise AccessRefused(
                    f"{self._address}: no token for these credentials ({why[:200]}); "
                    "check the client key and secret"
                )
            self._token, self._ends_at = remembered(token), now + seconds
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self) -> bool:
        """Forget the token, so that the next request buys a new one."""
        self._token = ""
        return True
