using CsCheck;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class TextSearchTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(Gen.Char['a', 'b'], Gen.Const('a')).Array[0, 400].Select(c => new string(c));

    [Fact]
    public void Any_part_of_a_text_is_found_where_it_is() => Gen.Select(Texts, Gen.Int[0, 400], Gen.Int[0, 400], Gen.Bool).Sample(
        (text, from, length, isForeign) =>
        {
            from = Math.Min(from, text.Length);
            string sought = string.Concat(text.AsSpan(from, Math.Min(length, text.Length - from)), isForeign ? "b" : "");
            var search = new TextSearch(sought);
            return search.First(text) == text.IndexOf(sought, StringComparison.Ordinal) && search.Last(text) == text.LastIndexOf(sought, StringComparison.Ordinal);
        },
        iter: 5_000);

    [Fact]
    public void A_pair_of_texts_made_to_be_slow_is_searched_in_linear_time()
    {
        // Compared place by place this is some million million comparisons, which nobody waits for; it is done at once.
        string sought = new string('a', 1_000_000) + "b" + new string('a', 1_000_000);
        string text = new('a', 4_000_000);
        var search = new TextSearch(sought);
        search.First(text).ShouldBe(-1);
        search.Last(text).ShouldBe(-1);
    }
}
