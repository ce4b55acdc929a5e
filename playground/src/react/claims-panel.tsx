import type { User } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { toClaimRows } from '../claim-rows'
import { Panel } from './panel'

/** The claims of the validated id_token. */
export function ClaimsPanel({ user }: { readonly user: User }): ReactNode {
  return (
    <Panel title="Claims" area="claims" note="from the checked id_token">
      <table className="claims">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Claim</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {toClaimRows(user).map(([name, text]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
