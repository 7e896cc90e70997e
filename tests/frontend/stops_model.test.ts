// Run by tests/frontend/test_stops_model.py with Node's own test runner.
import assert from "node:assert/strict";
import { test } from "node:test";
import { freeKey, namesOf, type Place, plainPlace, shifted, stepped, thinned, titleOf, untied, written } from "../../src/cityplus/desk/islands/stops/model.ts";

test("a stop takes a place, and beyond the ends the first or the last", () => {
  const order = ["a", "b", "c"];
  assert.deepEqual(shifted(order, "c", 1), ["c", "a", "b"]);
  assert.deepEqual(shifted(order, "a", 2), ["b", "a", "c"]);
  assert.deepEqual(shifted(order, "a", 99), ["b", "c", "a"]);
  assert.deepEqual(shifted(order, "b", -3), ["b", "a", "c"]);
  assert.deepEqual(order, ["a", "b", "c"]);
});

test("ways that begin elsewhere are those of what comes from another stop", () => {
  assert.deepEqual(untied(["a", "b", "c", "d"], ["a", "c", "b", "d"]), ["c", "b", "d"]);
  assert.deepEqual(untied(["a", "b", "c"], ["a", "c"]), ["c"]);
  assert.deepEqual(untied(["a", "b"], ["a", "b", "new"]), []);
  assert.deepEqual(untied(["a", "b"], ["b", "a"]), ["b", "a"]);
});

test("keys are plain, and no two are one", () => {
  const keys = ["Café “De Pier”", "和平宫", "  ", "x".repeat(200), "Pier"].map((name) => freeKey(name, new Set(["pier", "pier-2"])));
  assert.deepEqual(keys, ["cafe-de-pier", "stop", "stop", "x".repeat(75), "pier-3"]);
  for (const key of keys) assert.match(key, /^[a-z0-9][a-z0-9-]{0,79}$/);
});

test("names come in the draft's languages, the original first, the others unread", () => {
  const known = { en: "Peace Palace", nl: "Vredespaleis", ja: "平和宮" };
  assert.deepEqual(namesOf(known, "Peace Palace", ["nl", "en"]), { nl: "Vredespaleis", en: "Peace Palace" });
  assert.deepEqual(namesOf({}, "Leiden", ["nl", "en"]), { nl: "Leiden" });
  assert.deepEqual(titleOf({ nl: "Vredespaleis", en: "Peace Palace" }), { nl: "Vredespaleis", en: { text: "Peace Palace", state: "machine" } });
});

test("a step is so many metres, also far in the north and over the line of dates", () => {
  const metres = ([lat, lon]: Place, [lat1, lon1]: Place): number =>
    Math.hypot((lat1 - lat) * 111_195, (((lon1 - lon + 540) % 360) - 180) * 111_195 * Math.cos((lat * Math.PI) / 180));
  for (const place of [[52.08, 4.3], [-33.9, 18.4], [78.2, 15.6], [-17, 179.99999]] as Place[]) {
    assert.ok(Math.abs(metres(place, stepped(place, 50, 0)) - 50) < 0.1);
    assert.ok(Math.abs(metres(place, stepped(place, 0, -5)) - 5) < 0.1);
  }
  assert.ok(stepped([-17, 179.99999], 50, 0)[1] < -179);
});

test("coordinates are written as the server writes them", () => {
  assert.equal(written([52.0867, 4.2955]), "52.08670, 4.29550");
  assert.equal(written([-33.92491, 18.4]), "-33.92491, 18.40000");
  assert.deepEqual(plainPlace(written([-33.92491, 18.4])), [-33.92491, 18.4]);
  for (const text of ["", "52", "95, 4", "52.1, 181", "52.1, 4.3, 7", "Pier"]) assert.equal(plainPlace(text), null, text);
});

test("a long way is thinned to what bends it most, and keeps its ends", () => {
  const way: Place[] = Array.from({ length: 9001 }, (_, i) => [52 + i / 1e5, 4 + (i === 4500 ? 0.01 : 0)]);
  const kept = thinned(way, 2000);
  assert.equal(kept.length, 2000);
  assert.deepEqual([kept[0], kept.at(-1)], [way[0], way.at(-1)]);
  assert.ok(kept.includes(way[4500]!));
  assert.deepEqual(thinned(way.slice(0, 5), 2000), way.slice(0, 5));
});
