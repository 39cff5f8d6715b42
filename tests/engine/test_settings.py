"""The environment, read and refused in plain words."""

from pathlib import Path

import pytest

from graphdb.engine.launch import SOON_WARM, command
from graphdb.settings import Settings, SettingsError, heap_megabytes


def test_an_empty_environment_is_enough() -> None:
    settings = Settings.from_env({})
    assert settings.home == Path("data").absolute()
    assert settings.cache == settings.home / "engine"
    assert settings.neo4j_uri is None
    assert (settings.host, settings.port, settings.heap) == ("127.0.0.1", 5000, "384m")
    assert not settings.demo
    assert settings.proxy_hops == 0


def test_everything_can_be_set(tmp_path: Path) -> None:
    for name in ("c.pem", "k.pem"):
        (tmp_path / name).touch()
    settings = Settings.from_env(
        {
            "MREZHA_HOME": "own",
            "MREZHA_CACHE": str(tmp_path / "cache"),
            "NEO4J_URI": "neo4j+s://graph.example:7687",
            "NEO4J_USER": "me",
            "NEO4J_PASSWORD": " secret ",
            "NEO4J_DATABASE": "partners",
            "MREZHA_JAR_MIRROR": "https://one.example/maven/, http://two.example",
            "MREZHA_JAVA_HOME": str(tmp_path),
            "MREZHA_HOST": "0.0.0.0",
            "MREZHA_PORT": "8443",
            "MREZHA_TLS_CERT": str(tmp_path / "c.pem"),
            "MREZHA_TLS_KEY": str(tmp_path / "k.pem"),
            "MREZHA_PROXY": "1",
            "MREZHA_HEAP": "1G",
            "MREZHA_DEMO": "yes",
        }
    )
    assert settings == Settings(
        home=Path("own").absolute(),
        cache=tmp_path / "cache",
        neo4j_uri="neo4j+s://graph.example:7687",
        neo4j_user="me",
        neo4j_password=" secret ",
        neo4j_database="partners",
        jar_mirrors=("https://one.example/maven", "http://two.example"),
        java_home=tmp_path,
        host="0.0.0.0",
        port=8443,
        tls_cert=tmp_path / "c.pem",
        tls_key=tmp_path / "k.pem",
        proxy_hops=1,
        heap="1g",
        demo=True,
    )
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("env", "cache"),
    [
        ({"XDG_CACHE_HOME": "{tmp}/x", "HOME": "{tmp}/h"}, "{tmp}/x/mrezha"),
        ({"HOME": "{tmp}/h"}, "{tmp}/h/.cache/mrezha"),
        ({"HOME": ""}, "{tmp}/data/engine"),
        ({"HOME": "{tmp}/file"}, "{tmp}/data/engine"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "{tmp}/file"}, "{tmp}/relative/mrezha"),
    ],
)
def test_the_cache_lies_where_it_can_be_written(
    env: dict[str, str], cache: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    found = Settings.from_env({name: value.format(tmp=tmp_path) for name, value in env.items()}).cache
    assert found == Path(cache.format(tmp=tmp_path))


def test_the_demonstration_has_a_home_of_its_own() -> None:
    assert Settings.from_env({"MREZHA_DEMO": "1"}).home == Path("demo-data").absolute()


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"NEO4J_URI": "bolt://here:7687"}, "NEO4J_PASSWORD"),
        ({"NEO4J_URI": "http://here:7474", "NEO4J_PASSWORD": "x"}, "NEO4J_URI"),
        ({"NEO4J_URI": "here:7687", "NEO4J_PASSWORD": "x"}, "NEO4J_URI"),
        ({"NEO4J_URI": "bolt://", "NEO4J_PASSWORD": "x"}, "NEO4J_URI"),
        ({"MREZHA_PORT": "0"}, "MREZHA_PORT"),
        ({"MREZHA_PORT": "65536"}, "MREZHA_PORT"),
        ({"MREZHA_PORT": "web"}, "MREZHA_PORT"),
        ({"MREZHA_PORT": "\u0665"}, "MREZHA_PORT"),
        ({"MREZHA_PROXY": "-1"}, "MREZHA_PROXY"),
        ({"MREZHA_DEMO": "perhaps"}, "MREZHA_DEMO"),
        ({"MREZHA_HEAP": "much"}, "MREZHA_HEAP"),
        ({"MREZHA_HEAP": "100m"}, "MREZHA_HEAP"),
        ({"MREZHA_JAR_MIRROR": "file:///srv"}, "MREZHA_JAR_MIRROR"),
        ({"MREZHA_TLS_CERT": __file__}, "MREZHA_TLS_KEY"),
        ({"MREZHA_TLS_KEY": __file__}, "MREZHA_TLS_CERT"),
        ({"MREZHA_TLS_CERT": "/nowhere.pem", "MREZHA_TLS_KEY": __file__}, "MREZHA_TLS_CERT"),
        ({"MREZHA_HOME": "~nobody-of-this-name/x"}, "MREZHA_HOME"),
    ],
)
def test_what_cannot_be_used_is_named(env: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings.from_env(env)


def test_an_empty_variable_counts_as_not_set() -> None:
    names = ("NEO4J_URI", "NEO4J_PASSWORD", "MREZHA_HOME", "MREZHA_PORT", "MREZHA_TLS_CERT", "MREZHA_HEAP")
    assert Settings.from_env(dict.fromkeys(names, "")) == Settings.from_env({})


@pytest.mark.parametrize(
    ("heap", "megabytes", "soon_warm"), [("384m", 384, True), ("1023m", 1023, True), ("1g", 1024, False)]
)
def test_a_small_heap_is_for_minutes_a_large_one_for_long(heap: str, megabytes: int, soon_warm: bool) -> None:
    assert heap_megabytes(heap) == megabytes
    assert (SOON_WARM in command(Path("java"), Path("lib"), heap, [])) == soon_warm
