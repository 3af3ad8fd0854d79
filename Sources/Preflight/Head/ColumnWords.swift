/// Words that usually name columns, in several languages: they tell a header from a title and from a row of texts.
enum ColumnWords {
    /// Whether a name has one of them, as `Net sales` and `customer_id` do.
    static func occur(in name: some Sequence<UInt8>) -> Bool {
        let text = String(decoding: Array(name.prefix(mostBytes)), as: UTF8.self).lowercased()
        return text.split { !$0.isLetter }.contains { words.contains(String($0)) }
    }

    private static let mostBytes = 128

    private static let words: Set<String> = [
        // English
        "account", "accounts", "actual", "address", "age", "amount", "area", "article", "balance", "branch", "brand", "budget", "category",
        "channel",
        "city", "class", "code", "comment", "company", "cost", "costs", "count", "country", "credit", "currency", "customer", "date", "day",
        "debit",
        "department", "description", "dimension", "discount", "division", "email", "employee", "end", "entity", "fee", "firm", "forecast",
        "gender",
        "group", "hours", "id", "index", "invoice", "item", "key", "kind", "label", "level", "line", "location", "manager", "margin",
        "market", "metric",
        "month", "name", "net", "no", "note", "notes", "number", "order", "orders", "owner", "part", "partner", "percent", "period",
        "phone", "plan",
        "price", "product", "profit", "project", "qty", "quantity", "quarter", "rate", "reference", "region", "result", "revenue", "role",
        "salary",
        "sales", "scenario", "score", "segment", "share", "site", "size", "sku", "start", "state", "status", "stock", "store", "street",
        "sum", "supplier",
        "target", "tax", "team", "text", "time", "title", "total", "type", "unit", "units", "user", "value", "vat", "vendor", "version",
        "visits", "volume",
        "warehouse", "week", "weight", "year", "zip",
        // German
        "abteilung", "anzahl", "art", "artikel", "bereich", "beschreibung", "bestand", "betrag", "bezeichnung", "datum", "einheit", "ende",
        "filiale",
        "firma", "gebiet", "gesellschaft", "gruppe", "haben", "jahr", "kategorie", "konto", "kosten", "kostenstelle", "kunde",
        "kundennummer", "land",
        "lieferant", "menge", "monat", "nr", "nummer", "ort", "preis", "produkt", "projekt", "region", "saldo", "soll", "stadt", "steuer",
        "summe", "tag",
        "typ", "umsatz", "verkäufe", "wert", "woche", "währung",
        // French
        "année", "article", "catégorie", "client", "compte", "coût", "devise", "date", "désignation", "fournisseur", "jour", "libellé",
        "mois", "montant",
        "nom", "numéro", "pays", "prix", "produit", "quantité", "région", "semaine", "société", "solde", "taux", "valeur", "ville",
        // Spanish, Italian and Portuguese
        "año", "cantidad", "categoría", "ciudad", "cliente", "clientes", "codice", "código", "conto", "costo", "cuenta", "data",
        "descripción",
        "descrizione", "día", "empresa", "fecha", "fornitore", "giorno", "importe", "importo", "mes", "mese", "moneda", "nome", "nombre",
        "número", "país",
        "paese", "precio", "prezzo", "prodotto", "producto", "proveedor", "provincia", "quantità", "región", "saldo", "semana", "settimana",
        "tipo",
        "valor", "valore", "valuta", "anno", "ano", "mês", "quantidade", "preço", "produto", "cidade", "città",
        // Dutch and northern languages
        "aantal", "bedrag", "datum", "jaar", "klant", "maand", "naam", "prijs", "waarde", "belopp", "namn", "beløb", "navn", "antal",
        "määrä", "nimi",
        // Polish and Czech
        "data", "ilość", "kwota", "miesiąc", "nazwa", "wartość", "rok", "cena", "částka", "datum", "množství", "název",
    ]
}
