import { configure } from '@testing-library/react'

// A machine that is busy is no failure; what never comes is still found out.
configure({ asyncUtilTimeout: 10_000 })
