import type { ReactNode } from 'react'

/** Three orbits around a body; the near moon passes behind it. Decoration, still for who asks for less motion. */
export function OrbitPicture(): ReactNode {
  return (
    <svg className="orbit-picture" viewBox="-200 -200 400 400" fill="none" aria-hidden="true">
      <defs>
        <radialGradient id="orbit-body" cx="0.35" cy="0.3" r="0.9">
          <stop offset="0" className="orbit-body-light" />
          <stop offset="1" className="orbit-body-dark" />
        </radialGradient>
      </defs>
      <circle className="orbit-halo" r="150" />
      <g className="orbit-plane">
        <ellipse className="orbit-line" rx="92" ry="34" />
        <ellipse className="orbit-line" rx="138" ry="56" />
        <ellipse className="orbit-line orbit-line-far" rx="186" ry="80" />
        <circle className="orbit-moon orbit-moon-near" r="9" />
      </g>
      <circle r="44" fill="url(#orbit-body)" />
      <g className="orbit-plane">
        <path className="orbit-line" d="M-92 0A92 34 0 0 0 92 0" />
        <circle className="orbit-moon orbit-moon-near orbit-moon-front" r="9" />
        <circle className="orbit-moon orbit-moon-middle" r="6.5" />
        <circle className="orbit-moon orbit-moon-far" r="5" />
      </g>
    </svg>
  )
}
