"""The consumer of coding/15 as a process of its own, killed at random points, on librdkafka's test broker."""

from __future__ import annotations

import json
import logging
import math
import random
import subprocess
import sys
import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from confluent_kafka import KafkaException, Producer

from warmup.pages import ANSWER, ROOT, Answer, find, load

WINDOW, EVERY, EVENTS, PARTITIONS = 7, 25, 2_000, 4
SECONDS = 40  # for one process, on a machine that is busy
KEYS = ("a", "b", "c", "d", "e")
LOOP = """
import sys
def emit(event, p):
    print(event.partition, event.offset, p.key, repr(p.mean), repr(p.prediction), flush=True)
address, topic, path, window, every = sys.argv[1:]
consume(topic, bootstrap_servers=address, group_id="test", window=int(window), every=int(every),
        checkpoint=Checkpoint(path), emit=emit, stop_at_end=True)
"""
# The page's own code, without what it takes to read a page.
CONSUMER = "\n\n".join([*(cell.source for cell in find("coding/15").tagged(*ANSWER)), LOOP])

quiet = logging.getLogger("tests.kafka")
quiet.addHandler(logging.NullHandler())
quiet.propagate = False


@pytest.fixture(scope="module")
def answer() -> Answer:
    return load("coding/15")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the test broker listens; it stops with its producer."""
    broker = Producer({"test.mock.num.brokers": 3}, logger=quiet)
    brokers = broker.list_topics(timeout=20).brokers.values()
    yield ",".join(f"{one.host}:{one.port}" for one in brokers)
    broker.flush(1)


def messages(seed: int) -> list[tuple[int, str, float | None, bytes]]:
    """Partition, key, value and bytes of each message; the value is None for one that holds no event."""
    chance, made = random.Random(seed), []
    for number in range(EVENTS):
        place = chance.randrange(len(KEYS))
        value = round(chance.gauss(20, 5), 3) if chance.random() > 0.002 else 1e16
        line = json.dumps({"key": KEYS[place], "timestamp": f"2024-03-04T00:00:{number % 60:02d}Z", "value": value})
        bad = chance.random() < 0.01
        made.append((place % PARTITIONS, KEYS[place], None if bad else value, line[: -9 if bad else None].encode()))
    return made


def send(address: str, topic: str, made: list[tuple[int, str, float | None, bytes]]) -> None:
    producer = Producer({"bootstrap.servers": address, "enable.idempotence": True}, logger=quiet)
    for partition, _, _, data in made:
        producer.produce(topic, data, partition=partition)
        producer.poll(0)
    assert producer.flush(SECONDS) == 0, "the test broker did not take all messages"


def batch_replay(made: list[tuple[int, str, float | None, bytes]]) -> tuple[dict, dict, dict]:
    """What a consumer that is never killed must say: means by partition and offset, counts and windows by key."""
    offsets, counts, windows, means = defaultdict(int), defaultdict(int), defaultdict(lambda: deque(maxlen=WINDOW)), {}
    for partition, key, value, _ in made:
        if value is not None:
            counts[key] += 1
            windows[key].append(value)
            means[partition, offsets[partition]] = float(sum(map(Fraction, windows[key])) / len(windows[key]))
        offsets[partition] += 1
    return means, dict(counts), {key: list(window) for key, window in windows.items()}


def consume(address: str, topic: str, path: Path, kill_after: int | None) -> tuple[int, list[str]]:
    """Run the consumer; kill it (SIGKILL) when it has printed so many predictions. Its exit status and whole lines."""
    command = [sys.executable, "-c", CONSUMER, address, topic, str(path), str(WINDOW), str(EVERY)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        watchdog = threading.Timer(SECONDS, process.kill)
        watchdog.start()
        printed = []
        for line in process.stdout:
            if line.endswith("\n"):
                printed.append(line.rstrip("\n"))
            if kill_after is not None and len(printed) >= kill_after and process.poll() is None:
                process.kill()
        late = not watchdog.is_alive()
        watchdog.cancel()
        said = process.stderr.read()
    assert not late, f"the consumer did not end within {SECONDS} s, after {len(printed)} predictions\n{said}"
    assert "Traceback" not in said, said
    return process.returncode, printed


@pytest.mark.parametrize("seed", [1, 2])
def test_no_event_is_lost_or_counted_twice_when_the_consumer_is_killed(
    seed: int, address: str, answer: Answer, tmp_path: Path
) -> None:
    topic, path, chance = f"readings-{seed}", tmp_path / "checkpoint", random.Random(seed)
    made = messages(seed)
    send(address, topic, made)
    lines, kills = [], 0
    for kill_after in (*sorted(chance.sample(range(1, 900), 4)), None):
        status, printed = consume(address, topic, path, kill_after)
        lines += printed
        kills += status == -9
        assert status == 0 if kill_after is None else status in (0, -9)
    assert kills >= 3, "the consumer ended before it could be killed"

    means, counts, windows = batch_replay(made)
    state, offsets = answer.Checkpoint(path).read()
    assert {key: kept["count"] for key, kept in state.items()} == counts
    assert {key: kept["values"] for key, kept in state.items()} == windows
    sent = [sum(partition == number for partition, *_ in made) for number in range(PARTITIONS)]
    assert offsets == dict(enumerate(sent))

    outputs = {}
    for line in lines:
        partition, offset, _, mean, _ = line.split()
        place = int(partition), int(offset)
        assert outputs.setdefault(place, line) == line, "a prediction was repeated with another value"
        assert math.isfinite(float(mean))
    assert {place: float(line.split()[3]) for place, line in outputs.items()} == means


def test_a_start_reads_each_partition_from_its_offset_and_the_rest_from_the_beginning(
    address: str, answer: Answer
) -> None:
    made = messages(3)[:400]
    send(address, "starts", made)
    source = {"bootstrap_servers": address, "group_id": "starts", "stop_at_end": True}
    for start in (None, {}, {0: 5, 2: 17}):
        places = [(event.partition, event.offset) for event in answer.read_kafka("starts", start=start, **source)]
        expected = [
            (number, offset)
            for number in range(PARTITIONS)
            for offset in range((start or {}).get(number, 0), sum(partition == number for partition, *_ in made))
        ]
        assert sorted(places) == expected, f"start={start}"


def test_a_message_that_holds_no_event_is_set_aside_with_its_place(address: str, answer: Answer) -> None:
    send(address, "letters", [(partition, "a", None, b"\xff junk") for partition in range(PARTITIONS)])
    events = answer.read_kafka("letters", bootstrap_servers=address, group_id="letters", stop_at_end=True)
    run = answer.process(events, window=2)
    assert list(run) == []
    assert sorted(letter.partition for letter in run.dead_letters) == list(range(PARTITIONS))
    assert run.offsets == dict.fromkeys(range(PARTITIONS), 1)


def test_a_start_that_the_topic_cannot_give_is_an_error_and_not_a_gap(address: str, answer: Answer) -> None:
    send(address, "gone", [(partition, "a", 1.0, b"{}") for partition in range(PARTITIONS)])
    source = {"bootstrap_servers": address, "group_id": "gone", "stop_at_end": True}
    with pytest.raises(KafkaException):
        list(answer.read_kafka("gone", start={0: 1_000}, **source))
    with pytest.raises(ValueError, match="no partition"):
        list(answer.read_kafka("gone", start={99: 0}, **source))
