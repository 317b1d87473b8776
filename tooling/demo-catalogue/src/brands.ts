/** The invented makers of the demo shop, each with the first letters of its SKUs. */
export const BRANDS = {
  tradepost: { name: "Tradepost", code: "TP" },
  lumbrook: { name: "Lumbrook", code: "LUM" },
  klayra: { name: "Klayra", code: "KLA" },
  hearthlin: { name: "Hearthlin", code: "HEA" },
  ashgrain: { name: "Ashgrain", code: "ASH" },
  wovenfold: { name: "Wovenfold", code: "WOV" },
  saltfern: { name: "Saltfern", code: "SAL" },
  papelune: { name: "Papelune", code: "PAP" },
  murmora: { name: "Murmora", code: "MUR" },
  trailmoor: { name: "Trailmoor", code: "TRA" },
  carrowby: { name: "Carrowby", code: "CAR" },
  mossgate: { name: "Mossgate", code: "MOS" },
  thimblebear: { name: "Thimblebear", code: "THI" },
  evenknit: { name: "Evenknit", code: "EVE" },
} as const satisfies Record<string, { name: string; code: string }>;

export type BrandKey = keyof typeof BRANDS;
