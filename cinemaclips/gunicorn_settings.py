"""What gunicorn has no option for: no response names the program that sent it."""

from gunicorn.http import wsgi


class UnnamedResponse(wsgi.Response):
    """A response without the header `Server`, which would tell a stranger which program to attack."""

    def default_headers(self) -> list[str]:
        return [line for line in super().default_headers() if not line.startswith("Server:")]


wsgi.Response = UnnamedResponse  # type: ignore[misc] # gunicorn has no setting for the class
