"""The kernel provisioner ``grader-sandbox``: Jupyter's own way of saying where a kernel process is launched."""

from __future__ import annotations

from typing import Any

from jupyter_client.provisioning import LocalProvisioner
from traitlets import List, Unicode

from grader.run.sandbox import SandboxError


class SandboxProvisioner(LocalProvisioner):  # type: ignore[misc]
    """Launches the kernel behind ``prefix``, the sandbox's command line, and never without it."""

    prefix = List(Unicode(), help="The command line that confines the kernel, up to and with `--`.")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch ``cmd`` behind the prefix; called by the kernel manager between pre_launch and post_launch.

        The name and the bag of arguments are Jupyter's. Raises SandboxError when no prefix was given.
        """
        if not self.prefix:
            raise SandboxError("The kernel's specification names no sandbox, so it was not launched.")
        return await super().launch_kernel([*self.prefix, *cmd], **kwargs)
