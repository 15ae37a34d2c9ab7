namespace Touchstage.Safety.Conditions;

/// <summary>Finds one text in others, code unit by code unit, in time linear in both: a hostile pair of long texts costs no more than any other.</summary>
internal sealed class TextSearch
{
    // Up to here the runtime's vectorized search is faster, and its worst case is only so many times the text.
    private const int Short = 64;

    private readonly string sought;
    private readonly int[] borders;

    public TextSearch(string sought)
    {
        this.sought = sought;
        borders = sought.Length <= Short ? [] : Borders(sought);
    }

    /// <summary>Where the sought text starts first, or -1.</summary>
    public int First(ReadOnlySpan<char> text) => borders.Length == 0 ? text.IndexOf(sought) : Scan(text, isFirst: true);

    /// <summary>Where the sought text starts last, or -1.</summary>
    public int Last(ReadOnlySpan<char> text) => borders.Length == 0 ? text.LastIndexOf(sought) : Scan(text, isFirst: false);

    /// <summary>For each prefix the length of its longest proper prefix that is also its suffix (Knuth, Morris and Pratt).</summary>
    private static int[] Borders(string sought)
    {
        int[] lengths = new int[sought.Length];
        for (int i = 1, border = 0; i < sought.Length; i++)
        {
            while (border > 0 && sought[i] != sought[border])
            {
                border = lengths[border - 1];
            }

            border += sought[i] == sought[border] ? 1 : 0;
            lengths[i] = border;
        }

        return lengths;
    }

    private int Scan(ReadOnlySpan<char> text, bool isFirst)
    {
        int found = -1;
        for (int i = 0, matched = 0; i < text.Length && !(isFirst && found >= 0); i++)
        {
            while (matched > 0 && text[i] != sought[matched])
            {
                matched = borders[matched - 1];
            }

            matched += text[i] == sought[matched] ? 1 : 0;
            if (matched == sought.Length)
            {
                found = i - matched + 1;
                matched = borders[matched - 1];
            }
        }

        return found;
    }
}
