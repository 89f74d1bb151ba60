/** Median regret of Optuna 5's TPE after 50 / 100 trials over 10 seeds, as the reference notes have it. */
export const targets: Readonly<Record<string, string>> = {
  'nasbench201-cifar10': '.082 / .027',
  'nasbench201-cifar100': '.863 / .187',
  'nasbench201-imagenet': '.883 / .356',
  'hpolib-naval_propulsion': '9.2e-6 / 4.5e-6',
  'hpolib-parkinsons_telemonitoring': '.0049 / .0020',
  'hpolib-protein_structure': '.0128 / .0083',
  'hpolib-slice_localization': '7.0e-5 / 5.3e-5',
  'hpobench-phoneme': '.0016 / .00057',
  'hpobench-segment': '.0019 / .0010',
  'hpobench-vehicle': '.0016 / .00054',
  branin: '.067 / .019',
  hartmann6: '.245 / .116',
  sphere5: '.97 / .23',
  rosenbrock5: '506 / 130',
  ackley5: '3.4 / 2.2',
  rastrigin5: '32 / 28',
};
