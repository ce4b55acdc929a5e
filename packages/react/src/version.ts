'use client'

/** Of package.json, which a test compares: two versions on one page cannot share a context. */
export const VERSION = '0.0.0'
