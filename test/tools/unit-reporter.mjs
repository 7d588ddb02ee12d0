// A reporter of @web/test-runner: what failed, an engine's tests in a line, and all of them in the last one.
import { relative } from 'node:path';

const testsIn = (suite) => [...suite.tests, ...suite.suites.flatMap(testsIn)];
const count = (list, holds) => list.filter(holds).length;

export function unitReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const engines = new Map();
      for (const { browser, testFile, testResults, passed } of sessions) {
        const tests = testResults ? testsIn(testResults) : [];
        // A page that failed outside its tests (an import, an error nobody caught, a time-out) is a failure of its own.
        const broken = !passed && tests.every((test) => test.passed || test.skipped);
        const failed = tests.filter((test) => !test.passed && !test.skipped).map(({ name }) => name);
        for (const name of broken ? ['the page itself'] : failed)
          console.log(`✖ ${browser.name}: ${name}\ntest at ${relative('', testFile)}:`);
        const known = engines.get(browser.name) ?? [];
        engines.set(browser.name, [...known, ...tests, ...(broken ? [{ passed: false }] : [])]);
      }
      const verdict = (tests) => {
        const skipped = count(tests, (test) => test.skipped);
        const passed = count(tests, (test) => test.passed && !test.skipped);
        return `${passed} passed, ${tests.length - passed - skipped} failed, ${skipped} skipped`;
      };
      for (const [engine, tests] of engines) console.log(`${engine}: ${verdict(tests)}`);
      console.log(`unit: ${verdict([...engines.values()].flat())}`);
    },
  };
}
