/// What the name of a column says about its values, by the words that exports of several languages use. A hint decides only where the values allow
/// several types.
struct NameHint {
    /// Amounts and counts.
    let saysMeasure: Bool
    /// Codes and numbers of things: what cannot be added up.
    let saysCode: Bool
    /// Sentences.
    let saysText: Bool
    /// Days, months or times.
    let saysDate: Bool
    /// Yes or no.
    let saysFlag: Bool
    /// Numbers that are given once.
    let saysIdentity: Bool

    init(_ name: String) {
        let words = Self.words(of: name)
        func has(_ list: Set<String>) -> Bool { words.contains { list.contains($0) } }
        // A compound word of German or Dutch ends with what the thing is.
        func ends(_ list: [String]) -> Bool { words.contains { word in list.contains { word.hasSuffix($0) && word.count > $0.count } } }
        let identity = has(Self.identities) || ends(["nummer", "nr", "belegnr", "schlüssel"])
        let isCodeOfMeasure = has(["centre", "center", "code", "type", "category", "group", "id", "key", "stelle", "art", "gruppe"])
        saysIdentity = identity
        saysCode = identity || isCodeOfMeasure || has(Self.codes) || ends(Self.codeEndings)
        saysMeasure = !isCodeOfMeasure && !identity && (has(Self.measures) || ends(Self.measureEndings))
        saysText = has(Self.texts) || ends(["text", "bezeichnung", "beschreibung", "bemerkung"])
        saysDate = has(Self.dates) || ends(["datum", "date", "tag", "zeit", "_at"])
        saysFlag = has(Self.flags) || words.first.map { ["is", "has", "ist", "hat", "est", "es"].contains($0) && words.count > 1 } ?? false
    }

    /// Lower-case words, also those of `camelCase`.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var previous: Character = " "
        for character in name {
            let begins = character.isUppercase && previous.isLowercase
            if !character.isLetter || begins, !word.isEmpty {
                words.append(word.lowercased())
                word = ""
            }
            if character.isLetter { word.append(character) }
            previous = character
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        return words
    }

    private static let identities: Set<String> = [
        "id", "ids", "uid", "uuid", "guid", "no", "nr", "num", "number", "nummer", "numéro", "numero", "número", "key", "je", "document",
        "doc", "beleg", "invoice", "rechnung", "facture", "order", "auftrag", "transaction", "ref", "reference", "referenz", "serial",
        "ean",
        "gtin", "isbn", "iban", "sku", "phone", "telefon", "tel", "voucher", "record", "flight", "ticket", "line", "numer", "číslo", "szám",
        "номер", "cpf", "cnpj", "nip", "番号", "번호", "编号",
    ]
    private static let codes: Set<String> = [
        "code", "account", "acct", "konto", "compte", "cuenta", "conto", "entity", "company", "gesellschaft", "buchungskreis", "société",
        "centre", "center", "dept", "department", "abteilung", "service", "product", "produkt", "produit", "artikel", "article", "item",
        "material", "customer", "kunde", "client", "cliente", "debitor", "kreditor", "vendor", "lieferant", "supplier", "fournisseur",
        "plant",
        "werk", "store", "filiale", "shop", "region", "country", "land", "pays", "currency", "währung", "devise", "project", "projekt",
        "projet", "zip", "plz", "postal", "postcode", "year", "jahr", "année", "annee", "año", "anno", "month", "monat", "mois", "mes",
        "period", "periode", "période", "periodo", "week", "woche", "semaine", "quarter", "quartal", "day", "hour", "minute", "weekday",
        "version", "scenario", "szenario", "ledger", "segment", "channel", "category", "kategorie", "status", "type", "typ", "class",
        "group", "gruppe", "division", "brand", "marke", "site", "location", "standort", "level", "ebene", "fiscal", "team", "unit",
        "origin",
        "dest", "destination", "carrier", "state", "city", "timezone", "tz", "código", "codigo", "código", "codice", "kod", "kód", "koodi",
        "conta", "účet", "főkönyv", "tili", "rekening", "счет", "счёт", "код", "статья", "klient", "zákazník", "ügyfél", "клиент",
        "empresa", "società", "firma", "produto", "producto", "prodotto", "año", "ano", "mês", "mese", "rok", "год", "месяц", "勘定科目",
        "コード", "코드", "代码", "科目",
    ]
    private static let codeEndings = [
        "konto", "stelle", "kreis", "code", "gruppe", "jahr", "monat", "art", "schlüssel", "コード", "番号", "科目", "코드", "번호", "代码", "编号",
    ]
    private static let measures: Set<String> = [
        "amount", "amt", "betrag", "montant", "importe", "importo", "value", "wert", "valeur", "valor", "qty", "quantity", "quantité",
        "quantite", "cantidad", "menge", "anzahl", "stück", "count", "total", "sum", "summe", "somme", "price", "preis", "prix", "precio",
        "prezzo", "cost", "costs", "kosten", "coût", "coûts", "revenue", "umsatz", "sales", "vente", "units", "hours", "stunden", "heures",
        "pct", "percent", "percentage", "rate", "fte", "headcount", "hc", "balance", "saldo", "solde", "budget", "actual", "actuals",
        "forecast", "plan", "weight", "gewicht", "poids", "volume", "distance", "duration", "dauer", "score", "age", "alter", "debit",
        "credit", "soll", "haben", "débit", "crédit", "margin", "marge", "discount", "rabatt", "tax", "steuer", "salary", "gehalt", "size",
        "samplesize", "delay", "tons", "kg", "km", "altitude", "elevation", "population", "stock", "bestand", "days", "tage", "kwota",
        "částka", "összeg", "сумма", "количество", "quantidade", "quantità", "金額", "金额", "数量",
        "금액", "수량", "summa", "belopp", "beløb", "beløp", "määrä", "bedrag", "aantal",
    ]
    private static let measureEndings = [
        "betrag", "menge", "anzahl", "wert", "preis", "kosten", "umsatz", "summe", "stunden", "bestand", "saldo",
    ]
    private static let texts: Set<String> = [
        "text", "description", "desc", "bezeichnung", "comment", "comments", "note", "notes", "memo", "remark", "remarks", "bemerkung",
        "libellé", "libelle", "beschreibung", "narrative", "details", "verwendungszweck", "message", "subject", "title", "titel",
    ]
    private static let dates: Set<String> = [
        "date", "datum", "day", "tag", "fecha", "data", "dato", "jour", "time", "timestamp", "zeit", "zeitpunkt", "created", "updated",
        "posted", "modified", "ts", "epoch", "month", "monat", "mois", "mes", "period", "periode", "période", "yearmonth", "from", "until",
        "von", "bis", "start", "end", "erstellt", "geändert",
    ]
    private static let flags: Set<String> = [
        "flag", "active", "aktiv", "actif", "activo", "attivo", "enabled", "deleted", "gelöscht", "closed", "open", "valid", "gültig",
        "intercompany", "blocked", "gesperrt", "paid", "bezahlt",
    ]
}
