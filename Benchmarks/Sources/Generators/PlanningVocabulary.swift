/// The texts of a planning export: invented, in several languages, with what makes a tokenizer work.
enum PlanningVocabulary {
    static let entities = PhraseTable([
        "FR01 Paris", "FR02 Orléans", "FR03 Besançon", "DE01 München", "DE02 Köln", "DE03 Düsseldorf", "DE04 Berlin", "CH01 Zürich",
        "CH02 Genève", "ES01 Málaga", "ES02 A Coruña", "PT01 São João", "SE01 Malmö", "SE02 Göteborg", "DK01 Århus", "NO01 Tromsø",
        "PL01 Łódź", "PL02 Kraków", "CZ01 Plzeň", "HU01 Győr", "TR01 İzmir", "GR01 Αθήνα", "BG01 София", "JP01 東京", "UK01 London",
        "UK02 Leeds", "US01 Boston", "US02 Dallas", "IT01 Milano", "NL01 Utrecht", "BE01 Liège", "AT01 Graz",
    ])

    /// As in the file: with commas or quotes, hence in quotes.
    static let quotedEntities = PhraseTable([
        "\"CH03 Müller, Söhne\"", "\"FR04 Café \"\"Nord\"\"\"", "\"US03 Smith, Jones\"", "\"DE05 Bär, Wolf\"", "\"JP02 \"\"大阪\"\"\"",
        "\"IT02 Forlì, Cesena\"", "\"SE03 \"\"Ö\"\" AB\"", "\"ES03 Ávila, León\"",
    ])

    static let accounts = PhraseTable((0..<64).map { "\(601_000 + $0 * 737)" })

    static let versions = PhraseTable([
        "Actual", "Budget", "Budget 2026", "Forecast 1", "Forecast 2", "Forecast 3", "Prévision", "Plan révisé",
    ])

    static let comments = PhraseTable([
        "Loyer du siège", "Salaires et primes du mois", "Büromaterial für März", "Déplacements équipe Lyon",
        "Kundendienst Süd", "Honoraires d’avocats", "Reisekosten Vertrieb", "Énergie et eau", "Software licences",
        "Année précédente ajustée",
        "Mise à jour du modèle", "Übertrag aus Vorjahr", "Rückstellung Urlaub", "Přecenění zásob", "Zużycie materiałów",
        "Переоценка валюты",
        "本社 賃料", "Gastos de representación", "Publicité été", "Formação contínua", "Ενοικίαση χώρου", "Bonus scheme – Q3",
        "Accrual reversal",
        "Frais bancaires", "Entretien véhicules", "Versicherung Gebäude", "Télécoms & réseau", "Câblage étage 4", "Travel policy v2",
        "Løn og pension", "Kontorhyra januari – mars", "Ajuste año fiscal",
    ])

    /// As in the file. Of sixteen, eight have one line end or more: as many LF inside quotes as a fifth of the records.
    static let quotedComments = PhraseTable([
        "\"Loyer, charges comprises\"", "\"Projet \"\"Été\"\" – phase 2\"", "\"Voir note:\nréviser en mars\"",
        "\"Löhne, Gehälter,\r\nBoni\"",
        "\"Prüfung \"\"intern\"\", Süd\"", "\"Ligne 1\nligne 2\nà vérifier\"", "\"Hotel, Flug, Taxi\"", "\"Étude \"\"B\"\",\r\nréf. 12\"",
        "\"東京, 大阪\"", "\"Zusätzlich:\n\"\"Nord\"\", Ost\"", "\"Rent, floor 3\"", "\"Año 2025, ajuste\n\"", "\"Café, thé\r\net eau\"",
        "\"\"\"Prévu\"\"\"", "\"Crédit, débit\nsolde nul\"", "\"Größe, Gewicht\"",
    ])
}
