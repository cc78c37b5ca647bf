"""The output formats, a module each, named as `--output-format` names them."""
