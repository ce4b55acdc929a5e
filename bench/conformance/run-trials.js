// Every row with every SDK, some at a time, in one Chromium.
import { launchChromium } from '../../storm/kit/launch-chromium.js'
import { startAppServer } from '../app-server.js'
import { toPages } from '../sdk-pages.js'
import { startAuthority, trustFlag } from '../authority.js'
import { tryRow } from './trial.js'

/** Sign-ins at a time: most of one is waiting. */
const hands = 6

/** One renderer for app and authority instead of two: most of a trial is starting them. */
const oneRenderer = '--disable-site-isolation-trials'

/**
 * @param {readonly import('./rows.js').Row[]} rows
 * @param {readonly import('./sdks.js').Sdk[]} sdks
 * @param {(row: import('./rows.js').Row, sdk: import('./sdks.js').Sdk, cell: import('./trial.js').Cell) => void} onCell
 */
export async function runTrials(rows, sdks, onCell) {
  const authority = await startAuthority()
  const app = await startAppServer(toPages(sdks))
  const browser = await launchChromium([oneRenderer, trustFlag])
  const bench = { browser, mock: authority.mock, appOrigin: app.origin }
  const trials = rows.flatMap((row) => sdks.map((sdk) => ({ row, sdk })))
  const work = async () => {
    for (let trial = trials.shift(); trial !== undefined; trial = trials.shift())
      onCell(trial.row, trial.sdk, await tryRow(bench, trial.sdk, trial.row))
  }
  try {
    await Promise.all(Array.from({ length: hands }, work))
  } finally {
    await browser.close()
    app.close()
    await authority.close()
  }
}
