"""Which verdicts are kept, and that one is found only where a new check would find the same."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sympy import Integer, Symbol

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import (
    Different,
    Dim,
    Domain,
    Partial,
    Relation,
    Scalar,
    Sum,
    Vector,
    define,
    exp,
    sigmoid,
    softplus,
)
from gradproof.verify import Budget, Claim, Evidence, Report, Verdict, claims_of, verify_derivations
from gradproof.verify.cache import Setting, Store, VerdictCache, sources
from gradproof.verify.cache.fingerprint import fingerprint
from gradproof.verify.cache.verdicts import DECIDED, lasting
from gradproof.verify.check import Task, gather
from gradproof.verify.intervals import BallDecision
from gradproof.verify.record import Record
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import STOPPED

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
x, y = Scalar("x"), Scalar("y")
z = Vector("z", n)
CLAIM = Claim("sigmoid", Partial(sigmoid(x), x), Relation.EQUAL, sigmoid(x) * (1 - sigmoid(x)))
TASK = Task(CLAIM, (BallDecision(),))
SETTING = Setting()
NAME = "softmax_shift"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def cache(store: Store) -> VerdictCache:
    return VerdictCache(store, SETTING)


def with_evidence(*verdicts: Verdict, detail: str = "", worst: float | None = None) -> Record:
    evidence = (Evidence(f"method {verdict.name}", verdict, detail=detail, worst=worst) for verdict in verdicts)
    return Record.of(Report(CLAIM, tuple(evidence)))


@pytest.mark.parametrize("verdict", Verdict)
def test_what_is_not_decided_is_not_kept(verdict: Verdict, cache: VerdictCache) -> None:
    record = with_evidence(verdict)
    cache.keep(TASK, record)
    cache.keep_entry(NAME, [with_evidence(Verdict.PROVED), record])
    kept = verdict in (Verdict.PROVED, Verdict.AGREES, Verdict.REFUTED)
    assert (cache.report(TASK) is not None) is kept
    assert (cache.entry(NAME) is not None) is kept
    assert set(DECIDED) & {Verdict.UNDECIDED, Verdict.VACUOUS, Verdict.UNAVAILABLE, Verdict.ERROR} == set()


def test_what_the_clock_decided_is_not_kept() -> None:
    assert lasting(with_evidence(Verdict.UNDECIDED, Verdict.AGREES, detail="both sides differ in a way"))
    assert not lasting(with_evidence(Verdict.UNDECIDED, Verdict.AGREES, detail=f"{STOPPED}60 s"))
    assert not lasting(with_evidence(Verdict.PROVED, Verdict.AGREES, worst=2.0))  # an ERROR


def test_an_entry_of_nothing_is_not_kept(cache: VerdictCache) -> None:
    cache.keep_entry(NAME, [])
    assert cache.entry(NAME) is None


def test_a_kept_report_equals_the_fresh_one(cache: VerdictCache, store: Store) -> None:
    wrong = replace(CLAIM, rhs=-CLAIM.rhs)
    weak = replace(CLAIM, relation=Relation.AT_MOST, rhs=CLAIM.rhs + exp(x) + exp(y))  # one variable would be proved
    for claim, verdict in ((CLAIM, Verdict.PROVED), (wrong, Verdict.REFUTED), (weak, Verdict.AGREES)):
        task = replace(TASK, claim=claim)
        fresh = gather(task)
        assert fresh.verdict is verdict
        cache.keep(task, Record.of(fresh))
        found = VerdictCache(store, SETTING).report(task)
        assert found is not None
        assert found[0] == fresh
        assert found[1].document == fresh.to_json()
        cache.keep_entry(claim.name + verdict.name, [Record.of(fresh)])
        (record,) = VerdictCache(store, SETTING).entry(claim.name + verdict.name) or ()
        assert (record.document, record.verdict) == (fresh.to_json(), verdict)
        assert record.counterexample == fresh.counterexample


def changed_source(patch: pytest.MonkeyPatch, store: Store) -> VerdictCache:
    patch.setattr(sources, "digest", lambda folders: "another")
    return VerdictCache(store, SETTING)


def changed_version(patch: pytest.MonkeyPatch, store: Store) -> VerdictCache:
    versions = sources.versions() | {"numpy": "99.9"}
    patch.setattr(sources, "versions", lambda: versions)
    return VerdictCache(store, SETTING)


def changed_seed(patch: pytest.MonkeyPatch, store: Store) -> VerdictCache:
    return VerdictCache(store, Setting(seed=1))


def changed_budget(patch: pytest.MonkeyPatch, store: Store) -> VerdictCache:
    return VerdictCache(store, Setting(budget=Budget(points=1001)))


def changed_device(patch: pytest.MonkeyPatch, store: Store) -> VerdictCache:
    patch.setattr(sources, "device_identity", lambda device: f"{device}, a card")
    return VerdictCache(store, Setting(torch=True, device="cuda"))


@pytest.mark.parametrize("change", [changed_source, changed_version, changed_seed, changed_budget, changed_device])
def test_a_change_of_what_the_verdict_depends_on_is_a_miss(
    change: Callable[[pytest.MonkeyPatch, Store], VerdictCache],
    cache: VerdictCache,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = with_evidence(Verdict.PROVED)
    cache.keep(TASK, record)
    cache.keep_entry(NAME, [record])
    assert cache.report(TASK) and cache.entry(NAME)
    other = change(monkeypatch, store)
    assert other.report(TASK) is None
    assert other.entry(NAME) is None


def test_torch_is_a_setting_of_entries_and_an_oracle_of_claims(store: Store) -> None:
    """A claim of which no oracle is asked is the same with Torch and without."""
    without, torch = VerdictCache(store, SETTING), VerdictCache(store, Setting(torch=True))
    record, plain = with_evidence(Verdict.PROVED), Task(CLAIM)
    without.keep_entry(NAME, [record])
    without.keep(plain, record)
    assert torch.entry(NAME) is None
    assert torch.report(plain) is not None
    assert torch.report(TASK) is None
    without.keep(TASK, record)
    assert torch.report(replace(TASK, oracles=(BallDecision(modes=(Mode.NORMAL,)),))) is None


def test_where_the_device_is_gone_nothing_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict from a GPU must not be shown where there is none any more: it is UNAVAILABLE now."""
    setting = Setting(torch=True, device="cuda")
    monkeypatch.setattr(sources, "device_identity", lambda device: "a card")
    there = VerdictCache(store, setting)
    there.keep_entry(NAME, [with_evidence(Verdict.PROVED)])
    assert there.entry(NAME) is not None
    monkeypatch.setattr(sources, "device_identity", lambda device: None)
    gone = VerdictCache(store, setting)
    gone.keep_names([NAME])
    assert gone.entry(NAME) is None and gone.names() is None


def test_without_a_store_nothing_is_kept() -> None:
    none = VerdictCache(None, SETTING)
    none.keep(TASK, with_evidence(Verdict.PROVED))
    none.keep_names([NAME])
    assert none.report(TASK) is None and none.names() is None and none.entry(NAME) is None


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("verdict", "REFUTED"),
        ("verdict", "SPLENDID"),
        ("schema", "gradproof/report/0"),
        ("evidence", None),
        ("evidence", []),
        ("claim", {}),
    ],
)
def test_a_document_that_is_no_report_is_a_miss(part: str, value: object, cache: VerdictCache, store: Store) -> None:
    """The file is whole, with its checksum, but another version wrote it, or somebody with a sense of humour."""
    cache.keep_entry(NAME, [with_evidence(Verdict.PROVED)])
    cache.keep(TASK, with_evidence(Verdict.PROVED))
    document = with_evidence(Verdict.PROVED).document
    for file in [path for path in store.folder.rglob("*.json")]:
        value_there = store.get(file.stem)
        store.put(file.stem, [document | {part: value}] if isinstance(value_there, list) else document | {part: value})
    assert cache.entry(NAME) is None
    assert cache.report(TASK) is None


def test_the_report_on_another_claim_is_a_miss(cache: VerdictCache, store: Store) -> None:
    cache.keep(TASK, with_evidence(Verdict.PROVED))
    (file,) = store.folder.rglob("*.json")
    other = Report(replace(CLAIM, rhs=Integer(0)), (Evidence("a method", Verdict.PROVED),))
    store.put(file.stem, other.to_json())
    assert cache.report(TASK) is None


def different_claims() -> dict[str, Claim]:
    p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
    q = define("p", i, exp(z[i]) / Sum(exp(2 * z[k]), k))
    about = Claim("a", z[i], Relation.EQUAL, z[j])
    positive = Vector("z", n, Domain.POSITIVE)
    longer = Vector("z", m)
    return {
        "as it is": about,
        "name": replace(about, name="b"),
        "side": replace(about, rhs=z[i]),
        "sides exchanged": replace(about, lhs=z[j], rhs=z[i]),
        "relation": replace(about, relation=Relation.AT_MOST),
        "domain": replace(about, lhs=positive[i]),
        "size": replace(about, lhs=longer[m.index("i")]),
        "condition": replace(about, given=(Different(i, j),)),
        "condition exchanged": replace(about, given=(Different(j, i),)),
        "no definitions": replace(about, uses=()),
        "certificate": replace(about, certificate=Integer(0)),
        "definition": replace(about, lhs=p[i]),
        "other definition": replace(about, lhs=q[i]),
        "definition used": replace(about, lhs=p[i], uses=(p,)),
        "function": replace(about, lhs=sigmoid(z[i])),
        "other function": replace(about, lhs=softplus(z[i])),
        "number": replace(about, lhs=Integer(1)),
        "letter": replace(about, lhs=Symbol("1")),
    }


def test_different_claims_have_different_fingerprints() -> None:
    found = {name: fingerprint(claim) for name, claim in different_claims().items()}
    assert len(set(found.values())) == len(found)


def test_the_fingerprints_of_the_catalogue() -> None:
    """Different for different claims, and the same in another process, where hashes and memory are others."""
    claims = [claim for derivation in catalogue.derivations() for claim in claims_of(derivation)]
    here = [fingerprint(claim) for claim in claims]
    assert len(set(here)) == len(claims)
    script = (
        "from gradproof.derivations import catalogue\n"
        "from gradproof.verify import claims_of\n"
        "from gradproof.verify.cache.fingerprint import fingerprint\n"
        "for derivation in reversed(list(catalogue.derivations())):\n"
        "    for claim in claims_of(derivation):\n"
        "        print(fingerprint(claim))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert sorted(done.stdout.split()) == sorted(here)


@dataclass(frozen=True)
class Opaque:
    name = "opaque"
    inside: object

    def supports(self, claim: Claim) -> str:
        return ""

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        return Evidence(self.name, Verdict.AGREES)


def test_what_has_no_fingerprint_is_not_kept(cache: VerdictCache, store: Store) -> None:
    with pytest.raises(TypeError, match="has no fingerprint"):
        fingerprint(lambda: 1)
    with pytest.raises(TypeError, match="has no fingerprint"):
        fingerprint(Claim)
    task = Task(CLAIM, (Opaque(lambda: 1),))
    cache.keep(task, with_evidence(Verdict.PROVED))
    assert cache.report(task) is None and not list(store.folder.rglob("*.json"))


def test_the_sources() -> None:
    assert sources.digest(sources.PROVERS) != sources.digest(sources.CATALOGUE) != ""
    assert sources.digest(("nothing",)) == ""


def test_the_provers_import_nothing_beside_their_sources() -> None:
    """Otherwise a change of what they import would leave old verdicts standing."""
    folders = tuple(f"gradproof.{folder.replace('/', '.')}" for folder in sources.PROVERS)
    outside = []
    for path in (sources.PACKAGE / "verify").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            ours = [name for name in names if name.startswith("gradproof")]
            outside += [f"{path.name}: {name}" for name in ours if not name.startswith(folders)]
    assert outside == []


def test_a_digest_follows_content_and_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    (tmp_path / "verify").mkdir()
    found = []
    for name, text in (("a.py", "1"), ("a.py", "2"), ("b.py", "2"), ("ab.py", "")):
        (tmp_path / "verify" / name).write_text(text)
        sources.digest.cache_clear()
        found.append(sources.digest(("verify",)))
    sources.digest.cache_clear()
    assert len(set(found)) == 4


def test_what_is_found_after_an_edit_is_not_kept(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The modules of a run may be those before the edit or those after it."""
    (tmp_path / "verify").mkdir()
    source = tmp_path / "verify" / "a.py"
    source.write_text("1")
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    for known in (sources.digest, sources._state):
        known.cache_clear()
    cache = VerdictCache(store, SETTING)
    cache.keep(TASK, with_evidence(Verdict.PROVED))
    assert cache.report(TASK)
    (tmp_path / "verify" / "b.py").write_text("")
    cache.keep_names([NAME])
    assert sources.unchanged() and cache.names() is None
    source.write_text("12")
    cache.keep_entry(NAME, [with_evidence(Verdict.PROVED)])
    assert not sources.unchanged() and cache.entry(NAME) is None
    source.unlink()
    assert not sources.unchanged()
    assert VerdictCache(store, SETTING).store is None
    for known in (sources.digest, sources._state):
        known.cache_clear()


def test_many_derivations_with_a_cache(store: Store) -> None:
    derivations = [catalogue.find(name) for name in (NAME, "tanh_of_sigmoid")]
    cache = VerdictCache(store, SETTING)
    first = list(verify_derivations(derivations, SETTING, cache=cache))
    written = len(list(store.folder.rglob("*.json")))
    assert written == sum(len(each.reports) for each in first)
    for file in store.folder.rglob("*.json"):
        value = store.get(file.stem)
        value["evidence"][0]["detail"] = "found again"
        store.put(file.stem, value)
    second = list(verify_derivations(derivations, SETTING, cache=cache))
    details = {report.evidence[0].detail for each in second for report in each.reports}
    assert details == {"found again"}
