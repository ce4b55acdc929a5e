import type { JSX } from 'preact'
import type { DevtoolsContext } from './devtools-context.js'
import { listStoredItems, type StoredItem } from './stored-items.js'
import { useNow } from './use-now.js'
import { useStore } from './use-store.js'

const PLACES = ['sessionStorage', 'localStorage'] as const
const HINTS: Record<(typeof PLACES)[number], string> = {
  sessionStorage: 'this tab, until it is closed',
  localStorage: 'all tabs of this origin',
}

/** What is kept where: names and sizes, no value. */
export function StorageView({ auth }: Pick<DevtoolsContext, 'auth'>): JSX.Element {
  const { isAuthenticated } = useStore(auth.subscribe, auth.getSnapshot)
  // A tab is told of the storage's changes in other tabs only: so it is looked at each second.
  useNow()
  const items = PLACES.flatMap(listStoredItems)
  const isElsewhere = isAuthenticated && !items.some(({ kind }) => kind === 'The session')
  return (
    <>
      {isElsewhere && (
        <p class="note">The session is in the memory of this page, or in a storage of the app’s own.</p>
      )}
      {PLACES.map((place) => (
        <Place key={place} place={place} items={items.filter((item) => item.place === place)} />
      ))}
      <p class="soft">Values are never shown. Cookies are not used.</p>
    </>
  )
}

interface PlaceProps {
  readonly place: (typeof PLACES)[number]
  readonly items: readonly StoredItem[]
}

function Place({ place, items }: PlaceProps): JSX.Element {
  return (
    <section class="place">
      <h3>
        <code>{place}</code> <span class="soft">{HINTS[place]}</span>
      </h3>
      {items.length === 0 ? (
        <p class="empty">Nothing of ours.</p>
      ) : (
        <ul class="items">
          {items.map((item, index) => (
            <Item key={index} item={item} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Item({ item: { kind, owner, members, size } }: { readonly item: StoredItem }): JSX.Element {
  return (
    <li>
      <strong>{kind}</strong>
      <span class="size">{size < 1000 ? `${size} B` : `${(size / 1000).toFixed(1)} kB`}</span>
      {owner !== '' && <span class="soft">{owner}</span>}
      {members.length > 0 && <span class="members">{members.join(' · ')}</span>}
    </li>
  )
}
