import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { registerClient, type RegisteredClient } from '@spatio-labs/auth/registration'
import { CliError, EXIT } from '../cli-error.js'
import { askText, askYes } from '../terminal/ask.js'
import { isInteractive, type Terminal } from '../terminal/terminal.js'
import { requireNewFile, writeOwnFile } from './own-file.js'
import { planEnvFile, writeEnvPlan, type EnvPlan } from './plan-env-file.js'
import { createRecordingFetch, toRefusal } from './refusal.js'
import { tellRegistered } from './tell-registered.js'

/** The flags of `register`. */
export interface RegisterFlags {
  readonly issuer: string
  readonly name?: string | undefined
  readonly redirectUri?: readonly string[] | undefined
  readonly scope: string
  /** True: `.env`. */
  readonly writeEnv?: string | true | undefined
  readonly prefix: string
  readonly overwrite?: true | undefined
  readonly tokenFile?: string | undefined
  readonly json?: true | undefined
}

/** Registers the app, after everything that could go wrong here has been looked at: registrations are counted. */
export async function registerApp(flags: RegisterFlags, terminal: Terminal): Promise<void> {
  const clientName = flags.name ?? (await askName(terminal))
  const redirectUris = flags.redirectUri ?? (await askRedirectUris(terminal))
  const tokenFile = flags.tokenFile === undefined ? null : resolve(terminal.cwd, flags.tokenFile)
  if (tokenFile !== null) requireNewFile(tokenFile)
  const plan = await chooseEnvFile(flags, terminal)
  const client = await register(flags, { clientName, redirectUris })
  keep(client, plan, tokenFile)
  tellRegistered({ client, issuer: flags.issuer, plan, tokenFile, flags }, terminal)
}

/** @throws CliError which names the client: it is there, whatever became of the files */
function keep(client: RegisteredClient, plan: EnvPlan | null, tokenFile: string | null): void {
  const { clientId, registrationAccessToken } = client
  try {
    if (plan !== null) writeEnvPlan(plan, clientId)
    if (tokenFile !== null && registrationAccessToken !== null)
      writeOwnFile(tokenFile, `${registrationAccessToken}\n`)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    throw new CliError(error.code, `${error.message} The app is registered, with the client ID ${clientId}.`)
  }
}

async function register(
  { issuer, scope }: RegisterFlags,
  app: { clientName: string; redirectUris: readonly string[] },
): Promise<RegisteredClient> {
  const recording = createRecordingFetch()
  try {
    return await registerClient({ ...app, scope }, { issuer, fetch: recording.fetch })
  } catch (error) {
    throw toRefusal(error, { issuer, seen: recording.last(), now: Date.now() })
  }
}

async function askName(terminal: Terminal): Promise<string> {
  const what = 'the name users see when they are asked to allow your app'
  const initialValue = findAppName(terminal.cwd)
  return askText(terminal, {
    flag: '--name',
    what,
    message: 'What is your app called? Users see this name.',
    ...(initialValue !== undefined && { initialValue }),
  })
}

async function askRedirectUris(terminal: Terminal): Promise<string[]> {
  const answer = await askText(terminal, {
    flag: '--redirect-uri',
    what: 'where users come back to, exactly, such as http://localhost:5173/',
    message: 'Where do users come back to? One URL or several, with spaces between.',
    initialValue: 'http://localhost:5173/',
    problem: (value) =>
      value.split(/\s+/).every((uri) => URL.canParse(uri)) ? undefined : 'Whole URLs, please',
  })
  return answer.split(/\s+/)
}

function findAppName(cwd: string): string | undefined {
  const path = join(cwd, 'package.json')
  if (!existsSync(path)) return undefined
  try {
    const { name } = JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown }
    return typeof name === 'string' ? name : undefined
  } catch {
    // Only a suggestion: a manifest that is no JSON is not this command's business.
    return undefined
  }
}

/** Null: nothing is written. @throws CliError `env_conflict` unless somebody allows what would be overwritten */
async function chooseEnvFile(flags: RegisterFlags, terminal: Terminal): Promise<EnvPlan | null> {
  const { writeEnv, json, overwrite } = flags
  const isUnasked = writeEnv === undefined
  if (isUnasked && (json === true || !isInteractive(terminal))) return null
  const plan = planEnvFile(flags, typeof writeEnv === 'string' ? writeEnv : '.env', terminal.cwd)
  if (isUnasked && !(await askWrite(plan, terminal))) return null
  if (plan.conflicts.length === 0 || overwrite === true) return plan
  const found = plan.conflicts.map(({ name, before }) => `${name}=${before}`).join(', ')
  const isAllowed =
    isInteractive(terminal) &&
    (await askYes(terminal, {
      flag: '--overwrite',
      what: `${plan.name} has ${found}`,
      message: `${plan.name} has ${found}. Overwrite?`,
    }))
  if (isAllowed) return plan
  throw new CliError('env_conflict', `${plan.name} has ${found} already. Nothing was registered.`, {
    fix: 'Give --overwrite to replace it, or another file after --write-env.',
    exitCode: EXIT.failed,
  })
}

function askWrite({ name }: EnvPlan, terminal: Terminal): Promise<boolean> {
  const message = `Write the client ID to ${name}?`
  return askYes(terminal, { flag: '--write-env', what: 'where to write', message, initialValue: true })
}
