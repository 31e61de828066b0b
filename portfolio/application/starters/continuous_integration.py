"""What a new portfolio gets for CI and for commits; `$version` is the version that writes it."""

from __future__ import annotations

# A line of constraints that names a version. One that names an address would install what a pull
# request brings; pip also ends a line where grep does not, so only printable ASCII may follow.
ONLY_VERSIONS = r"^[A-Za-z0-9._-]+==[A-Za-z0-9.]+( ; [ -~]*)?$"


GITHUB = """\
name: portfolio
on:
  push:
    branches: [main]
  pull_request:
  schedule:
    - cron: "17 5 * * *"   # data goes wrong without a commit: dates pass
permissions:
  contents: read
jobs:
  validate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
          fetch-depth: 0       # a pull request is compared with where it began
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: |                # the libraries in the versions that pmo was tested with
          LC_ALL=C grep -E '$only' .pmo/constraints.txt > "$$RUNNER_TEMP/constraints.txt"
          pip install -c "$$RUNNER_TEMP/constraints.txt" pmo-cli==$version
      - if: github.event_name == 'pull_request'
        env:
          BASE: $${{ github.base_ref }}
        run: pmo validate --format github --against "origin/$$BASE" --new
      - if: github.event_name != 'pull_request'
        run: pmo validate --format github
"""

GITLAB = """\
pmo validate:
  image: python:3.12-slim
  variables:
    PORTFOLIO: "."               # the folder of pmo.yaml
    GIT_DEPTH: 0                 # a merge request is compared with where it began
  rules:
    - if: $$CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $$CI_PIPELINE_SOURCE == "schedule"   # data goes wrong without a commit: dates pass
    - if: $$CI_COMMIT_BRANCH == $$CI_DEFAULT_BRANCH
  script:
    # The libraries in the versions that pmo was tested with.
    # Not into the checkout: a link there could lead the list to a place where it is run.
    - KNOWN="$$(mktemp)"
    - LC_ALL=C grep -E '$only' "$$PORTFOLIO/.pmo/constraints.txt" > "$$KNOWN"
    - pip install --quiet -c "$$KNOWN" pmo-cli==$version
    - BASE="$${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}"   # empty but for a merge request
    - pmo validate -C "$$PORTFOLIO" $${BASE:+--against "$$BASE" --new} --format gitlab
      > code-quality.json || status=$$?
    - pmo validate -C "$$PORTFOLIO" $${BASE:+--against "$$BASE" --new} --format junit
      > junit.xml || true
    - exit $${status:-0}
  artifacts:
    when: always
    reports:
      codequality: code-quality.json
      junit: junit.xml
"""

PRE_COMMIT = """\
repos:
  - repo: local
    hooks:
      - id: pmo-validate
        name: pmo validate
        entry: pmo validate
        language: python
        additional_dependencies: ["pmo-cli==$version"]
        files: \\.(ya?ml|csv)$$
        pass_filenames: false
"""

FILES: dict[str, tuple[str, str]] = {
    "github": (".github/workflows/portfolio.yml", GITHUB),
    "gitlab": (".gitlab-ci.yml", GITLAB),
}
