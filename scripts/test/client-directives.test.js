import { describe, expect, it } from 'vitest'
import { findDirectiveProblems } from '../client-directives.js'

const PLAIN = "// The plain entry\nexport { useUser } from './use-user.js';\n"
const HOOK = "'use client';\nexport function useUser() {}\n"

describe('the check of the emitted React files', () => {
  it('refuses a file without the directive, and one where something comes before it', () => {
    const files = {
      'index.js': PLAIN,
      'use-user.js': 'export function useUser() {}\n',
      'deep/gate.js': "import 'react';\n'use client';\n",
    }
    expect(findDirectiveProblems(files)).toEqual([
      "use-user.js does not start with 'use client'",
      "deep/gate.js does not start with 'use client'",
    ])
  })

  it('refuses a plain entry with the directive, and a build without it', () => {
    const marked = { 'index.js': `"use client";\n${PLAIN}`, 'use-user.js': HOOK }
    expect(findDirectiveProblems(marked)).toEqual([
      "index.js has 'use client': no server module could call it",
    ])
    expect(findDirectiveProblems({})).toEqual(['index.js is missing: build the packages first'])
  })

  it('accepts a plain entry beside files that start with the directive', () => {
    expect(findDirectiveProblems({ 'index.js': PLAIN, 'use-user.js': HOOK })).toEqual([])
  })
})
