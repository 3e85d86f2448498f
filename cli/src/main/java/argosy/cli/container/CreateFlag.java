package argosy.cli.container;

import argosy.cli.command.Form;

/**
 * One flag of create and run.
 *
 * @param names as typed, separated by blanks; the first long one is asked for
 * @param label what its value is called in the help, "" for a switch
 * @param place where it goes by itself
 * @param field its name there, "" when it goes nowhere by itself
 */
record CreateFlag(String names, String label, String help, Kind kind, Place place, String field) {

  /** How it is written, and how its value is read. */
  enum Kind {
    SWITCH,
    TEXT,
    NUMBER,
    SIZE,
    LIST,
    MAP
  }

  /** Of a create's body. Elsewhere: what several flags or a file make together. */
  enum Place {
    CONFIG,
    HOST,
    ELSEWHERE
  }

  static CreateFlag host(String names, String label, String help, Kind kind, String field) {
    return new CreateFlag(names, label, help, kind, Place.HOST, field);
  }

  static CreateFlag config(String names, String label, String help, Kind kind, String field) {
    return new CreateFlag(names, label, help, kind, Place.CONFIG, field);
  }

  static CreateFlag other(String names, String label, String help, Kind kind) {
    return new CreateFlag(names, label, help, kind, Place.ELSEWHERE, "");
  }

  /** The name that its value is asked for by. */
  String name() {
    for (String name : names.split(" ")) {
      if (name.startsWith("--")) {
        return name;
      }
    }
    return names;
  }

  void on(Form form) {
    switch (kind) {
      case SWITCH -> form.flag(names, help);
      case TEXT, NUMBER, SIZE -> form.value(names, label, help);
      case LIST, MAP -> form.list(names, label, help);
    }
  }

  void into(Fields fields) {
    switch (kind) {
      case SWITCH -> fields.flag(field, name());
      case TEXT -> fields.text(field, name());
      case NUMBER -> fields.number(field, name());
      case SIZE -> fields.size(field, name());
      case LIST -> fields.list(field, name());
      case MAP -> fields.map(field, name());
    }
  }
}
