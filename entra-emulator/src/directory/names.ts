/** Names and places the generator and the story draw from: given and family names that go together. */

export type Culture = {
  readonly country: string;
  readonly language: string;
  readonly cities: readonly (readonly [city: string, region: string, postalCode: string])[];
  readonly phone: string;
  readonly given: readonly string[];
  readonly family: readonly string[];
};

export const cultures: readonly Culture[] = [
  {
    country: "PT",
    language: "pt-PT",
    cities: [
      ["Porto", "Norte", "4000-322"],
      ["Lisboa", "Lisboa", "1100-148"],
    ],
    phone: "+351 22",
    given: ["Inês", "João", "Tomás", "Beatriz", "Rui", "Leonor", "Gonçalo", "Marta"],
    family: ["Silva", "Conceição", "Magalhães", "Reis", "Carvalho", "Simões", "Brandão"],
  },
  {
    country: "DE",
    language: "de-DE",
    cities: [
      ["Köln", "Nordrhein-Westfalen", "50667"],
      ["München", "Bayern", "80331"],
    ],
    phone: "+49 221",
    given: ["Jürgen", "Anneliese", "Björn", "Sabine", "Matthias", "Käthe", "Felix", "Ulrike"],
    family: ["Müller", "Weiß", "Schäfer", "Krüger", "Vogel", "Böhm", "von Hagen"],
  },
  {
    country: "NG",
    language: "en-NG",
    cities: [
      ["Lagos", "Lagos", "101233"],
      ["Abuja", "FCT", "900108"],
    ],
    phone: "+234 1",
    given: ["Adaeze", "Chinedu", "Folake", "Emeka", "Ngozi", "Tunde", "Ifeoma", "Babatunde"],
    family: ["Okafor", "Adeyemi", "Eze", "Balogun", "Nwosu", "Ogunleye", "Abiola"],
  },
  {
    country: "JP",
    language: "ja-JP",
    cities: [
      ["Osaka", "Kansai", "530-0001"],
      ["Tokyo", "Kanto", "100-0005"],
    ],
    phone: "+81 6",
    given: ["Ana", "Haruto", "Yui", "Sota", "Akari", "Ren", "Mio", "Kaito"],
    family: ["Ito", "Tanaka", "Sakamoto", "Nakagawa", "Fujimori", "Ono", "Hayashi"],
  },
  {
    country: "IN",
    language: "en-IN",
    cities: [
      ["Pune", "Maharashtra", "411001"],
      ["Bengaluru", "Karnataka", "560001"],
    ],
    phone: "+91 20",
    given: ["Ravi", "Lakshmi", "Arjun", "Meera", "Sanjay", "Kavya", "Imran", "Divya"],
    family: ["Menon", "Iyer", "Deshpande", "Kulkarni", "Chatterjee", "Rao", "Shaikh"],
  },
  {
    country: "MX",
    language: "es-MX",
    cities: [
      ["Guadalajara", "Jalisco", "44100"],
      ["Monterrey", "Nuevo León", "64000"],
    ],
    phone: "+52 33",
    given: ["Sofía", "Andrés", "Ximena", "Íñigo", "Lucía", "Héctor", "Renata", "Joaquín"],
    family: ["Núñez", "Hernández", "de la Cruz", "Peña", "Ibáñez", "Quintero", "Salazar"],
  },
  {
    country: "PL",
    language: "pl-PL",
    cities: [
      ["Kraków", "Małopolskie", "31-042"],
      ["Łódź", "Łódzkie", "90-001"],
    ],
    phone: "+48 12",
    given: ["Łukasz", "Agnieszka", "Paweł", "Zofia", "Grzegorz", "Małgorzata", "Piotr", "Ewa"],
    family: ["Wójcik", "Kowalczyk", "Dąbrowski", "Zając", "Szymański", "Nowak", "Żak"],
  },
  {
    country: "GB",
    language: "en-GB",
    cities: [
      ["Leeds", "West Yorkshire", "LS1 4DY"],
      ["Cardiff", "Wales", "CF10 1EP"],
    ],
    phone: "+44 113",
    given: ["Siân", "Oliver", "Priya", "Callum", "Zoë", "Rhys", "Eleanor", "Marcus"],
    family: ["O'Connor", "Hughes", "Whitfield", "Smith-Jones", "Clarke", "Llewellyn", "Price"],
  },
  {
    country: "TR",
    language: "tr-TR",
    cities: [
      ["İzmir", "Ege", "35210"],
      ["İstanbul", "Marmara", "34110"],
    ],
    phone: "+90 232",
    given: ["Ayşe", "Çağlar", "Gülşen", "Mert", "Özge", "Deniz", "Işıl", "Emre"],
    family: ["Yılmaz", "Öztürk", "Şahin", "Çelik", "Güneş", "Aydın", "Koç"],
  },
  {
    country: "VN",
    language: "vi-VN",
    cities: [
      ["Đà Nẵng", "Đà Nẵng", "550000"],
      ["Hà Nội", "Hà Nội", "100000"],
    ],
    phone: "+84 236",
    given: ["Minh", "Thảo", "Đức", "Ngọc", "Quân", "Phương", "Tuấn", "Hạnh"],
    family: ["Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Bùi", "Hồ"],
  },
];

export type Department = {
  readonly name: string;
  readonly code: string;
  readonly titles: readonly string[];
};

export const departments: readonly Department[] = [
  { name: "Engineering", code: "ENG", titles: ["Engineer", "Senior Engineer", "Test Engineer"] },
  { name: "Sales", code: "SAL", titles: ["Account Manager", "Sales Engineer", "Sales Assistant"] },
  {
    name: "IT Operations",
    code: "ITO",
    titles: ["Technician", "Systems Administrator", "Analyst"],
  },
  { name: "Finance", code: "FIN", titles: ["Accountant", "Analyst", "Payroll Officer"] },
  { name: "Marketing", code: "MKT", titles: ["Designer", "Copywriter", "Campaign Manager"] },
  { name: "HR", code: "HR", titles: ["Recruiter", "People Partner", "Learning Advisor"] },
  { name: "Legal", code: "LEG", titles: ["Counsel", "Paralegal", "Contract Manager"] },
  { name: "Facilities", code: "FAC", titles: ["Caretaker", "Space Planner", "Receptionist"] },
];

/** Spells a name for the left side of a mail address: plain lower-case letters, digits and dots. */
export function spellMailbox(...names: readonly string[]): string {
  const letters: Record<string, string> = { ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i", æ: "ae" };
  return names
    .map((name) =>
      name
        .toLowerCase()
        .normalize("NFD")
        .replaceAll(/[ßøłđıæ]/g, (letter) => letters[letter] ?? letter)
        .replaceAll(/[^a-z0-9]/g, ""),
    )
    .filter((name) => name !== "")
    .join(".");
}
