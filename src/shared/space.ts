/** A value that a configuration can hold. JSON keeps it whole. */
export type Value = number | string | boolean;
export type Params = Readonly<Record<string, Value>>;

export interface FloatDistribution {
  readonly type: 'float';
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  readonly step?: number;
}

export interface IntDistribution {
  readonly type: 'int';
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  readonly step?: number;
}

export interface CategoricalDistribution {
  readonly type: 'categorical';
  readonly choices: readonly Value[];
}

/** Choices in their order: 'small' lies between 'tiny' and 'large', however far. */
export interface OrdinalDistribution {
  readonly type: 'ordinal';
  readonly choices: readonly Value[];
}

export type Distribution = FloatDistribution | IntDistribution | CategoricalDistribution | OrdinalDistribution;

/** A parameter exists only where the named one has one of these values. */
export interface Condition {
  readonly parameter: string;
  readonly oneOf: readonly Value[];
}

export interface Parameter {
  readonly name: string;
  readonly distribution: Distribution;
  /** All must hold. */
  readonly when?: readonly Condition[];
}

/** A combination that must not be tried: a configuration in which all of these hold. */
export type Forbidden = readonly Condition[];

/** Parameters in an order in which every condition speaks of an earlier one. */
export interface Space {
  readonly parameters: readonly Parameter[];
  readonly forbidden?: readonly Forbidden[];
}
