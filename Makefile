# make notes   write the lecture notes into notes/   (needs neither Torch nor TeX)
# make test    check everything: ruff, mypy, pytest
# make clean   remove what these commands made
#
# PYTHON names the interpreter that .venv is made from: make PYTHON=python3.12 test

PYTHON ?= python3
VENV ?= .venv
OUT ?= notes
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
INSTALL_FROM := pyproject.toml constraints.txt gradproof/_version.py

.PHONY: notes test clean
.DELETE_ON_ERROR:

notes: $(VENV)/.installed-notes
	$(BIN)/gradproof notes --lang both --out $(OUT)

test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/mypy --strict gradproof
	$(BIN)/python -m pytest -n 3 --dist worksteal --hypothesis-profile=ci

# A stamp is written last, so that an installation that was interrupted is taken up again.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit("gradproof needs Python 3.11 or newer, and this is " + sys.version.split()[0] \
	  + "; name another: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed-notes: $(INSTALL_FROM) | $(VENV)/.created
	$(INSTALL) -e ".[flint,notes]"
	@touch $@

$(VENV)/.installed-test: $(INSTALL_FROM) | $(VENV)/.created
	$(INSTALL) -e ".[flint,torch,test]"
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
