import type { ReactNode } from 'react'

/** The small sign beside the name and in the button. */
export function OrbitMark(): ReactNode {
  return (
    <svg className="orbit-mark" viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <ellipse
        cx="16"
        cy="16"
        rx="13"
        ry="6"
        transform="rotate(-32 16 16)"
        stroke="currentColor"
        strokeWidth="2.4"
      />
      <circle cx="16" cy="16" r="4.4" fill="currentColor" />
      <circle className="orbit-mark-moon" cx="26.6" cy="8.6" r="3" />
    </svg>
  )
}
