// Run by tests/frontend/test_draft_queue.py with Node's own test runner.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pause, Queue, type Shelf } from "../../src/cityplus/desk/islands/draft/queue.ts";

class Memory implements Shelf {
  full = false;
  private readonly rows = new Map<string, string>();
  get length(): number {
    return this.rows.size;
  }
  key(index: number): string | null {
    return [...this.rows.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.rows.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new Error("QuotaExceededError");
    this.rows.set(key, value);
  }
  removeItem(key: string): void {
    this.rows.delete(key);
  }
}

test("an edit stays until its very value is acknowledged, and then goes on from there", () => {
  const queue = new Queue("a:", new Memory());
  queue.put("title/nl", "m0", "een");
  const sent = queue.waiting;
  queue.put("title/nl", "m0", "een twee");
  queue.acknowledge(sent, { "title/nl": "m1" });
  assert.deepEqual(queue.waiting, [{ path: "title/nl", was: "m1", value: "een twee" }]);
  queue.acknowledge(queue.waiting, { "title/nl": "m2" });
  assert.equal(queue.size, 0);
});

test("what was sent and not answered goes along, from a later page too", () => {
  const shelf = new Memory();
  const queue = new Queue("a:", shelf);
  queue.put("title/nl", "m0", "een");
  assert.deepEqual(queue.take(9), [{ path: "title/nl", was: "m0", value: "een" }]);
  queue.put("title/nl", "m0", "een twee");
  queue.take(9);
  queue.put("title/nl", "m0", "een twee drie");
  const [edit] = new Queue("a:", shelf).take(9);
  assert.deepEqual(edit, { path: "title/nl", was: "m0", value: "een twee drie", sent: ["een", "een twee"] });
  queue.acknowledge([{ path: "title/nl", was: "m0", value: "een twee" }], { "title/nl": "m2" });
  assert.deepEqual(queue.waiting, [{ path: "title/nl", was: "m2", value: "een twee drie" }]);
});

test("what was seen first is what counts, however often one writes", () => {
  const queue = new Queue("a:", new Memory());
  queue.put("minutes", "m0", "1");
  queue.put("minutes", "m9", "12");
  assert.equal(queue.at("minutes")?.was, "m0");
});

test("a page that comes after finds what the one before could not send", () => {
  const shelf = new Memory();
  new Queue("li:route:", shelf).put("title/nl", "m0", "een");
  assert.deepEqual(new Queue("li:route:", shelf).waiting, [{ path: "title/nl", was: "m0", value: "een" }]);
  assert.equal(new Queue("jan:route:", shelf).size, 0, "another person on this device sees nothing of it");
});

test("two tabs keep each other's edits", () => {
  const shelf = new Memory();
  const [one, other] = [new Queue("a:", shelf), new Queue("a:", shelf)];
  one.put("minutes", "", "1");
  other.put("title/nl", "", "een");
  one.acknowledge(one.waiting, { minutes: "m" });
  assert.deepEqual(new Queue("a:", shelf).paths, ["title/nl"]);
});

test("what waits for its writer holds up no others", () => {
  const queue = new Queue("a:", new Memory());
  queue.put("minutes", "m0", "lang");
  queue.put("title/nl", "m0", "een");
  queue.park("minutes");
  assert.deepEqual(queue.waiting.map((edit) => edit.path), ["title/nl"]);
  queue.put("minutes", "m0", "60");
  assert.equal(queue.waiting.length, 2, "writing on takes it up again");
  queue.park("minutes");
  queue.insist("minutes", "m7");
  assert.equal(queue.waiting.find((edit) => edit.path === "minutes")?.was, "m7");
});

test("a device that keeps nothing is said to keep nothing, and the page goes on", () => {
  const shelf = new Memory();
  const queue = new Queue("a:", shelf);
  shelf.full = true;
  queue.put("title/nl", "m0", "een");
  assert.equal(queue.kept, false);
  assert.equal(queue.size, 1);
  shelf.full = false;
  queue.put("title/nl", "m0", "een twee");
  assert.equal(queue.kept, true);
  const none = new Queue("a:", undefined);
  none.put("title/nl", "m0", "een");
  assert.equal(none.kept, false);
});

test("torn rows and those of others are passed by", () => {
  const shelf = new Memory();
  shelf.setItem("a:title/nl", "{");
  shelf.setItem("a:minutes", '"x"');
  shelf.setItem("theme", "night");
  assert.equal(new Queue("a:", shelf).size, 0);
});

test("pauses grow, but not without end", () => {
  assert.deepEqual([1, 2, 3, 9].map(pause), [1000, 2000, 4000, 30_000]);
});
