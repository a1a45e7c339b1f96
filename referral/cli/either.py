"""A command that takes an argument of its own, or exactly the name of one of its subcommands."""

from typing import Any

import click


class ArgumentOrCommand(click.Command):
    """Runs a subcommand when the first word is its name; any other word is an argument.

    ``referral coverage "confirm it"`` is a text, ``referral coverage confirm`` the subcommand.
    """

    subcommands: dict[str, click.Command]

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's signature
    ) -> click.Context:
        """Read the arguments, by the rules of a subcommand when its name comes first."""
        if args and args[0] in self.subcommands:
            chosen = self.subcommands[args[0]]
            return chosen.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run what the arguments were read for."""
        if ctx.command is not self:
            return ctx.command.invoke(ctx)
        return super().invoke(ctx)
