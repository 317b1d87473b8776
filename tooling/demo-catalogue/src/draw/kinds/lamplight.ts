export const WARM = "#ffdf9c";
