// The page's address: what the stage writes into it, and in which order.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { addressToShare, leaveAlone, setOrder, writeAddress } from "../../xorviz/stage/static/address.js";

const ALL = { epoch: undefined, play: undefined, speed: undefined, loss: undefined, axis: undefined, colour: undefined };
let written;

setOrder(Object.keys(ALL));

beforeEach(() => open("http://localhost/"));

function open(href) {
  globalThis.location = new URL(href);
  written = 0;
  globalThis.history = {
    state: null,
    replaceState: (_state, _title, address) => {
      written++;
      globalThis.location = new URL(address);
    },
  };
  writeAddress(ALL);
}

const address = () => location.href.replace("http://localhost/", "");

test("parameters are in the order in which Python writes them, however they come", () => {
  writeAddress({ axis: "log" });
  writeAddress({ speed: 0.5, play: true, epoch: 300 });
  assert.equal(address(), "?epoch=300&play=true&speed=0.5&axis=log");
});

test("what others wrote stays, ahead of what the stage writes", () => {
  open("http://localhost/?seed=7&epoch=3&pin=~x&mine=1");
  writeAddress({ epoch: 4 });
  assert.equal(address(), "?seed=7&pin=~x&mine=1&epoch=4");
});

test("an undefined parameter is taken away, and zero is none", () => {
  writeAddress({ epoch: 0, loss: "half" });
  writeAddress({ loss: undefined });
  assert.equal(address(), "?epoch=0");
});

test("an address that says the same already is not written again", () => {
  writeAddress({ epoch: 5 });
  writeAddress({ epoch: 5 });
  assert.equal(written, 1);
});

test("a file on disk has no such address", () => {
  open("file:///run.html");
  writeAddress({ epoch: 5 });
  assert.equal(written, 0);
});

test("the address to share is not that of a frame, and keeps the rest", () => {
  open("http://localhost/?embed=true&embed_options=show_toolbar&seed=7&edit=~3");
  assert.equal(addressToShare(), "http://localhost/?seed=7&edit=~3");
});

test("while no Python answers, an address with moves by hand keeps the epoch at which they were made", () => {
  open("http://localhost/?hands=x1_h1_4&epoch=300");
  writeAddress({ epoch: 300 });
  leaveAlone(true);
  writeAddress({ epoch: 302, play: true, axis: "log" });
  assert.equal(address(), "?hands=x1_h1_4&epoch=300&axis=log");
  leaveAlone(false);
  writeAddress({});
  assert.equal(address(), "?hands=x1_h1_4&epoch=302&play=true&axis=log");
  open("http://localhost/");
  leaveAlone(true);
  writeAddress({ epoch: 302 });
  leaveAlone(false);
  assert.equal(address(), "?epoch=302");
});
