package argosy.cli.container;

import argosy.cli.command.Form;

/** The options of create, which run has too. */
final class CreateForm {
  private CreateForm() {}

  static Form on(Form form) {
    CreateFlags.ALL.forEach(flag -> flag.on(form));
    return form.operandsFrom("IMAGE [COMMAND] [ARG...]", 1).commandAfterOperand();
  }
}
