import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf, hex, isOurs, readCode, unhex } from "../../src/cityplus/events/islands/doors/codes";
import { Judge, type NameList, type Row } from "../../src/cityplus/events/islands/doors/judging";

interface Given {
  key: string;
  list: string;
  signature: string;
  event: number;
  secret: string;
  digest: string;
  scanned: string;
  typed: string;
  newer: string;
  replaced: string;
  lost: string;
  forged: string;
  elsewhere: string;
}

declare const GIVEN: Given;

const AT = 1_000;
const row = (state: string, hall = 7): Row => [1, "Ána Vos", "Rope", state, hall, GIVEN.digest, false, 0];
const list = (one: Row): NameList => ({ event: GIVEN.event, made: 0, until: 9e15, beat: 3, old: [GIVEN.replaced], rows: [one] });
const judge = (state: string, hall = 7) => new Judge(list(row(state, hall)), GIVEN.key, 7);

test("codes are read as the server writes them", async () => {
  for (const text of [GIVEN.scanned, GIVEN.typed, GIVEN.typed.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")]) {
    const code = readCode(text);
    assert.ok(code);
    assert.equal(hex(code.secret), GIVEN.secret);
    assert.equal(await digestOf(code.secret), GIVEN.digest);
  }
  assert.equal(readCode(GIVEN.scanned)?.event, GIVEN.event);
  for (const text of ["", "CP1.", "U".repeat(26), "Z".repeat(26), `CP1.${"0".repeat(143)}`]) assert.equal(readCode(text), undefined);
});

test("the signature of the list is the server's, and of another list it is not", async () => {
  const check = (text: string) => isOurs(GIVEN.key, "cityplus door list 1:", new TextEncoder().encode(text), unhex(GIVEN.signature));
  assert.equal(await check(GIVEN.list), true);
  assert.equal(await check(GIVEN.list.replace("Ana", "Bob")), false);
});

test("one enters, leaves and comes back; a double sees when", async () => {
  const one = judge("confirmed");
  const ask = async (leaves: boolean, at = AT) => (await one.code(GIVEN.scanned, leaves, at)).outcome;
  assert.equal(await ask(true), "outside");
  assert.equal(await ask(false), "entered");
  const double = await one.code(GIVEN.typed, false, AT + 5);
  assert.equal(double.outcome, "inside");
  assert.equal(double.since?.at, AT);
  assert.equal(await ask(true), "left");
  assert.equal(await ask(false), "entered");
  assert.equal(one.hand(1, AT).outcome, "again");
  assert.deepEqual(one.counts(), { inside: 1, came: 1 });
});

test("each refusal has its word", async () => {
  const one = judge("confirmed");
  assert.equal((await one.code(GIVEN.forged, false, AT)).outcome, "forged");
  assert.equal((await one.code(GIVEN.elsewhere, false, AT)).outcome, "elsewhere");
  assert.equal((await one.code("what", false, AT)).outcome, "unknown");
  assert.equal((await one.code(GIVEN.newer, false, AT)).outcome, "fresh");
  assert.equal((await one.code(GIVEN.lost, false, AT)).outcome, "renewed", "signed, and not newer than the list");
  assert.equal((await judge("waiting").code(GIVEN.scanned, false, AT)).outcome, "waiting");
  assert.equal((await judge("cancelled").code(GIVEN.scanned, false, AT)).outcome, "cancelled");
  assert.equal((await judge("confirmed", 8).code(GIVEN.scanned, false, AT)).outcome, "hall");
});

test("names are found by any of their words, without accents", () => {
  assert.equal(judge("confirmed").named("vos ro", 5).length, 1);
  assert.equal(judge("confirmed").named("ANA", 5).length, 1);
  assert.equal(judge("confirmed").named("anna", 5).length, 0);
  assert.equal(judge("cancelled").named("vos", 5).length, 0);
});
