// Where the code makes each SpatioAuthError: its codes, phases and `retryable`, read from the sources by their types.
import ts from 'typescript'
import { ROOT } from './install.js'
import { descendants, openSources } from './source-program.js'

/** Makes errors of any code for an app's tests. */
const LEFT_OUT = /\/(testing\/test-error|errors)\.ts$/

/** A type with more values says nothing: it is the list of all codes. */
const MOST_VALUES = 20

/** Stands for a code that was told before and is told again: the types do not say which it may be. */
export const ANY = '*'

/** @typedef {{ code: string, phase: string, retryable: boolean, where: string }} ErrorSite */
/** What the parameters of the functions on the way to a site are given. @typedef {Map<ts.Node, ts.Expression | null>} Frame */

/** Thrown while a site depends on what a function is called with. */
class NeedsCallers extends Error {
  /** @param {ts.ParameterDeclaration} parameter */
  constructor(parameter) {
    super('depends on a parameter')
    this.parameter = parameter
  }
}

/** @returns {ErrorSite[]} every combination that a site can make, once */
export function findErrorSites() {
  const program = openSources()
  const scan = new Scan(program)
  const sites = scan.files.flatMap((file) => descendants(file).filter(isErrorSite))
  return sites.flatMap((site) => scan.evaluate(site, new Map()))
}

/** @param {ts.Node} node @returns {node is ts.NewExpression} */
function isErrorSite(node) {
  return ts.isNewExpression(node) && node.expression.getText() === 'SpatioAuthError'
}

/** @param {ts.Expression} expression @returns {ts.Expression} */
function unwrap(expression) {
  return ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression)
    ? unwrap(expression.expression)
    : expression
}

/** @param {ts.Node} node @returns {node is ts.BinaryExpression} */
function isComparison(node) {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken
}

class Scan {
  /** @param {ts.Program} program */
  constructor(program) {
    this.checker = program.getTypeChecker()
    this.files = program
      .getSourceFiles()
      .filter(({ fileName }) => /\/packages\/[\w-]+\/src\//.test(fileName) && !LEFT_OUT.test(fileName))
    this.callables = this.files.flatMap((file) => descendants(file).filter(ts.isCallExpression))
  }

  /** @param {ts.NewExpression} site @param {Frame} frame @returns {ErrorSite[]} */
  evaluate(site, frame) {
    const [code, init] = site.arguments ?? []
    if (code === undefined || init === undefined) throw new Error(`${where(site)} has no code and facts`)
    try {
      const codes = this.values(code, frame)
      const phases = this.member(init, 'phase', frame)
      const retryables = this.member(init, 'retryable', frame)
      return codes.flatMap((found) =>
        phases.flatMap((phase) =>
          retryables.map((retryable) => ({
            code: String(found),
            phase: String(phase),
            retryable: retryable === true,
            where: where(site),
          })),
        ),
      )
    } catch (error) {
      if (!(error instanceof NeedsCallers)) throw error
      return this.framesOf(error.parameter, frame).flatMap((next) => this.evaluate(site, next))
    }
  }

  /** A frame for each call of the function that has this parameter. @param {ts.ParameterDeclaration} parameter @param {Frame} frame @returns {Frame[]} */
  framesOf(parameter, frame) {
    const { parent } = parameter
    const name = ts.isFunctionDeclaration(parent) ? parent.name : parent.parent
    const declared = name && ts.isVariableDeclaration(name) ? name.name : name
    const symbol = declared && this.checker.getSymbolAtLocation(declared)
    const calls = this.callables.filter((call) => symbol && this.symbolOf(call.expression) === symbol)
    if (calls.length === 0) throw new Error(`${where(parameter)}: nobody seems to call this`)
    return calls.map(
      (call) =>
        new Map([
          ...frame,
          ...parent.parameters.map(
            (each, index) => /** @type {const} */ ([each, call.arguments[index] ?? each.initializer ?? null]),
          ),
        ]),
    )
  }

  /** @param {ts.Node} node */
  symbolOf(node) {
    const symbol = this.checker.getSymbolAtLocation(node)
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol
  }

  /** The literals that an expression can be; undefined for what is absent. @param {ts.Expression} expression @param {Frame} frame @returns {unknown[]} */
  values(expression, frame) {
    const node = unwrap(expression)
    if (ts.isConditionalExpression(node))
      return [...this.values(node.whenTrue, frame), ...this.values(node.whenFalse, frame)]
    if (isComparison(node)) return this.compare(node, frame)
    const local = this.initializerOf(node)
    if (local !== null && isComparison(local)) return this.compare(local, frame)
    if (ts.isPropertyAccessExpression(node) && this.parameterOf(node.expression) !== null)
      return this.member(node.expression, node.name.text, frame)
    const declaration = ts.isIdentifier(node) ? this.parameterOf(node) : null
    if (declaration !== null && !this.isNarrowed(node)) {
      const { parameter, member } = declaration
      const given = frame.get(parameter)
      if (given === undefined) throw new NeedsCallers(parameter)
      if (given === null) return [undefined]
      return member === null ? this.values(given, frame) : this.member(given, member, frame)
    }
    return this.literals(this.checker.getTypeAtLocation(node), node)
  }

  /** @param {ts.BinaryExpression} comparison @param {Frame} frame @returns {unknown[]} */
  compare({ left, right }, frame) {
    const [one, ...others] = this.values(left, frame)
    const [other, ...more] = this.values(right, frame)
    return others.length + more.length === 0 && one !== ANY ? [one === other] : [true, false]
  }

  /** What a local name was given. @param {ts.Node} node @returns {ts.Expression | null} */
  initializerOf(node) {
    const [declaration] =
      (ts.isIdentifier(node) && this.checker.getSymbolAtLocation(node)?.declarations) || []
    return (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer) || null
  }

  /** The literals that a member of an object can be. @param {ts.Expression} expression @param {string} name @param {Frame} frame @returns {unknown[]} */
  member(expression, name, frame) {
    const node = unwrap(expression)
    if (ts.isObjectLiteralExpression(node)) return this.memberOfLiteral(node, name, frame)
    if (ts.isBinaryExpression(node)) return [undefined, ...this.member(node.right, name, frame)]
    const declaration = this.parameterOf(node)
    if (declaration !== null && declaration.member === null) {
      const given = frame.get(declaration.parameter)
      if (given === undefined) throw new NeedsCallers(declaration.parameter)
      return given === null ? [undefined] : this.member(given, name, frame)
    }
    const type = this.checker.getTypeAtLocation(node)
    return (type.isUnion() ? type.types : [type]).flatMap((each) => {
      const property = this.checker.getPropertyOfType(each, name)
      return property
        ? this.literals(this.checker.getTypeOfSymbolAtLocation(property, node), node)
        : [undefined]
    })
  }

  /** @param {ts.ObjectLiteralExpression} literal @param {string} name @param {Frame} frame @returns {unknown[]} */
  memberOfLiteral(literal, name, frame) {
    /** @type {unknown[]} */
    let found = [undefined]
    for (const property of literal.properties) {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.member(property.expression, name, frame)
        const present = spread.filter((value) => value !== undefined)
        found = present.length < spread.length ? [...found, ...present] : present
      } else if (property.name?.getText() === name) {
        if (ts.isPropertyAssignment(property)) found = this.values(property.initializer, frame)
        if (ts.isShorthandPropertyAssignment(property)) found = this.valuesOfShorthand(property, frame)
      }
    }
    return [...new Set(found)]
  }

  /** @param {ts.ShorthandPropertyAssignment} property @param {Frame} frame */
  valuesOfShorthand(property, frame) {
    const [declaration] = this.checker.getShorthandAssignmentValueSymbol(property)?.declarations ?? []
    if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer)
      return this.values(declaration.initializer, frame)
    if (declaration && ts.isParameter(declaration)) {
      const given = frame.get(declaration)
      if (given === undefined) throw new NeedsCallers(declaration)
      return given === null ? [undefined] : this.values(given, frame)
    }
    return this.literals(this.checker.getTypeAtLocation(property.name), property)
  }

  /** The parameter that a name stands for, or a member of one that was taken apart. @param {ts.Node} node */
  parameterOf(node) {
    if (!ts.isIdentifier(node)) return null
    const [declaration] = this.checker.getSymbolAtLocation(node)?.declarations ?? []
    if (declaration === undefined) return null
    if (ts.isParameter(declaration)) return { parameter: declaration, member: null }
    if (!ts.isBindingElement(declaration) || !ts.isParameter(declaration.parent.parent)) return null
    const member = (declaration.propertyName ?? declaration.name).getText()
    return { parameter: declaration.parent.parent, member }
  }

  /** A guard above has left fewer values than the declaration allows. @param {ts.Node} node */
  isNarrowed(node) {
    const symbol = this.checker.getSymbolAtLocation(node)
    const type = this.checker.getTypeAtLocation(node)
    return symbol !== undefined && type.isUnion() && this.checker.getTypeOfSymbol(symbol) !== type
  }

  /** @param {ts.Type} type @param {ts.Node} node @returns {unknown[]} */
  literals(type, node) {
    const types = type.isUnion() ? type.types : [type]
    if (types.length > MOST_VALUES) return [ANY]
    return types.map((each) => {
      if (each.isStringLiteral()) return each.value
      const text = this.checker.typeToString(each)
      if (text === 'true' || text === 'false') return text === 'true'
      if (text === 'undefined') return undefined
      throw new Error(`${where(node)}: cannot tell what ${node.getText()} is (${text})`)
    })
  }
}

/** @param {ts.Node} node */
function where(node) {
  const file = node.getSourceFile()
  const { line } = file.getLineAndCharacterOfPosition(node.getStart())
  return `${file.fileName.slice(ROOT.length)}:${line + 1}`
}
