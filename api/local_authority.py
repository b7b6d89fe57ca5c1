"""The local authority's certificate, for phones that shall trust it (`aila up --lan`)."""

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse

from api.context import Context
from api.problems import NotFound

router = APIRouter(include_in_schema=False)


@router.get("/local-authority.crt")
def read_local_authority(request: Request) -> FileResponse:
    """Return the certificate (never its key), to be installed."""
    context: Context = request.app.state.context
    path = context.settings.local_authority
    if path is None or not path.is_file():
        raise NotFound("This installation has no local authority.")
    return FileResponse(path, media_type="application/x-x509-ca-cert", filename="aila-local-authority.crt")
