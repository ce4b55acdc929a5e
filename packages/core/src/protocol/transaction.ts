import { type SigninState, WebStorageStateStore } from 'oidc-client-ts'
import { SpatioAuthError } from '../errors.js'
import { itemKey } from '../storage-names.js'
import { isOnOrigin } from './metadata.js'
import type { ProtocolContext } from './protocol-context.js'
import { ownMember, ownText, parseJsonObject } from './request.js'

/** More sign-ins than these were abandoned: the oldest go (storage must not fill up). */
const MOST_TRANSACTIONS = 20

/** What a sign-in leaves in this tab until its callback. */
export interface Transaction {
  readonly redirectUri: string
  /** Where the code goes: what the issuer's metadata said when the user left. */
  readonly tokenEndpoint: string
  readonly codeVerifier: string
  readonly nonce: string
  readonly scope: string
  readonly returnTo: string
  /** Null when the app gave none. */
  readonly appState: unknown
  /** Asked with `prompt=none`: nobody waits for it with a button in view. */
  readonly isSilent: boolean
  /** Seconds */
  readonly maxAge: number | null
  /** Too old for its code to be exchanged; where the user wanted to go is still known. */
  readonly isExpired: boolean
}

interface TransactionStores {
  readonly pending: WebStorageStateStore
  /** States that were used, so that a reload of their callback is told from a forged one. */
  readonly used: WebStorageStateStore
}

/** The transactions of this tab. A record belongs to the tab that made it, so a foreign link finds none. */
function openStores({ options, environment }: ProtocolContext): TransactionStores {
  const store = environment.openStorage('session')
  return {
    pending: new WebStorageStateStore({ prefix: itemKey(options, 'transaction:'), store }),
    used: new WebStorageStateStore({ prefix: itemKey(options, 'used:'), store }),
  }
}

/** @throws SpatioAuthError `storage_quota`, `storage_unavailable`: then nobody may navigate, the callback could not be checked */
export async function storeTransaction(context: ProtocolContext, state: SigninState): Promise<void> {
  try {
    const { pending, used } = openStores(context)
    await pending.set(state.id, state.toStorageString())
    await sweep(context, pending)
    await sweep(context, used)
  } catch (error) {
    const isQuota = error instanceof DOMException && error.name === 'QuotaExceededError'
    throw new SpatioAuthError(isQuota ? 'storage_quota' : 'storage_unavailable', {
      phase: 'authorization_request',
    })
  }
}

/**
 * Takes the transaction of a callback out of the store, once: by a lock per state that this page keeps for
 * its life, because a copied tab holds a copy of the record.
 * @throws SpatioAuthError `state_mismatch`, `state_replayed`, `storage_corrupt`
 */
export async function claimTransaction(context: ProtocolContext, state: string): Promise<Transaction> {
  const { options, environment } = context
  if (!(await claimLock(context, `${itemKey(options, 'transaction:')}${state}`)))
    throw refuse('state_replayed')
  const record = await takeRecord(context, state)
  const data = record === null ? null : ownMember(record, 'data')
  if (record === null || typeof data !== 'object' || data === null) throw refuse('storage_corrupt')
  if (
    ownMember(record, 'authority') !== options.issuer ||
    ownMember(record, 'client_id') !== options.clientId
  ) {
    throw refuse('state_mismatch')
  }
  const transaction = toTransaction(record, data, options.issuer)
  const created = ownMember(record, 'created')
  if (transaction === null || typeof created !== 'number') throw refuse('storage_corrupt')
  return { ...transaction, isExpired: environment.now() / 1000 - created > options.transactionLifetime }
}

/** Forgets a sign-in whose answer nobody waits for any more. */
export async function removeTransaction(context: ProtocolContext, state: string): Promise<void> {
  try {
    await openStores(context).pending.remove(state)
  } catch {
    // Storage is blocked by now: it is out of reach for everybody else too.
  }
}

async function takeRecord(context: ProtocolContext, state: string): Promise<Record<string, unknown> | null> {
  const { pending, used } = openStores(context)
  const text = await pending.remove(state)
  if (text === null) throw refuse((await used.get(state)) === null ? 'state_mismatch' : 'state_replayed')
  const mark = JSON.stringify({ created: context.environment.now() / 1000 })
  await used.set(state, mark).catch(() => undefined)
  return parseJsonObject(text)
}

function toTransaction(record: object, data: object, issuer: string): Omit<Transaction, 'isExpired'> | null {
  const texts = {
    redirectUri: ownText(record, 'redirect_uri'),
    codeVerifier: ownText(record, 'code_verifier'),
    nonce: ownText(record, 'nonce'),
    scope: ownText(record, 'scope'),
    returnTo: ownText(data, 'returnTo'),
    tokenEndpoint: ownText(data, 'tokenEndpoint'),
  }
  const maxAge = ownMember(data, 'maxAge') ?? null
  if (!isWhole(texts) || (maxAge !== null && typeof maxAge !== 'number')) return null
  // An edited endpoint must not carry the code to another origin.
  if (!isOnOrigin(texts.tokenEndpoint, issuer)) return null
  const appState = ownMember(data, 'appState') ?? null
  return { ...texts, maxAge, appState, isSilent: ownMember(data, 'isSilent') === true }
}

function isWhole<Name extends string>(texts: Record<Name, string | null>): texts is Record<Name, string> {
  return !Object.values(texts).includes(null)
}

/** True for the one page that gets the lock; it is never given back. Without Web Locks, removing the record decides. */
function claimLock({ environment }: ProtocolContext, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (environment.locks === null) return resolve(true)
    void environment.locks
      .request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        return lock === null ? undefined : new Promise<void>(() => undefined)
      })
      .catch(() => resolve(true))
  })
}

/** Removes what was abandoned: by age, then by count. */
async function sweep({ options, environment }: ProtocolContext, store: WebStorageStateStore): Promise<void> {
  const aged: { key: string; created: number }[] = []
  for (const key of await store.getAllKeys()) {
    const record = parseJsonObject((await store.get(key)) ?? '')
    const created = record === null ? 0 : ownMember(record, 'created')
    aged.push({ key, created: typeof created === 'number' ? created : 0 })
  }
  aged.sort((a, b) => b.created - a.created)
  const oldest = environment.now() / 1000 - options.transactionLifetime
  const abandoned = aged.filter(({ created }, index) => created < oldest || index >= MOST_TRANSACTIONS)
  for (const { key } of abandoned) await store.remove(key)
}

type TransactionCode = 'state_mismatch' | 'state_replayed' | 'storage_corrupt'

function refuse(code: TransactionCode): SpatioAuthError {
  return new SpatioAuthError(code, { phase: 'callback' })
}
