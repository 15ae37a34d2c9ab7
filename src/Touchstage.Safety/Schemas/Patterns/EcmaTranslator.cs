using System.Globalization;
using System.Text;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>
/// Translates an expression of ECMA-262 (with its `u` flag) into one of .NET that matches the same texts. What .NET would do differently is refused with a
/// <see cref="FormatException"/> that says why.
/// </summary>
internal sealed class EcmaTranslator
{
    /// <summary>The most parts of an expression, with every round of a repetition counted.</summary>
    public const int MaxSize = 100_000;

    private const int MaxDepth = 100;
    private const string WordAhead = "(?=[0-9A-Z_a-z])";
    private const string NoWordAhead = "(?![0-9A-Z_a-z])";
    private const string WordBehind = "(?<=[0-9A-Z_a-z])";
    private const string NoWordBehind = "(?<![0-9A-Z_a-z])";

    // .NET starts a match between the halves of a pair too, where ECMA-262 never is.
    private const string NotWithinPair = @"(?!(?<=[\uD800-\uDBFF])[\uDC00-\uDFFF])";

    private readonly EcmaReader reader;
    private readonly List<EcmaToken> tokens = [];
    private readonly HashSet<int> referred;
    private readonly StringBuilder regex = new();
    private readonly Stack<EcmaFrame> frames = new([new(EcmaTokenKind.Group, 0, 0, isBackward: false)]);
    private int next;
    private int captures;
    private bool looksAround;

    private EcmaTranslator(string source)
    {
        reader = new(source, isEnforced: true);
        do
        {
            tokens.Add(reader.Next());
        }
        while (tokens[^1].Kind != EcmaTokenKind.End);

        referred = [.. tokens.Where(token => token.Kind == EcmaTokenKind.BackReference).Select(reader.Group)];
    }

    public static EcmaTranslation Translate(string source) => new EcmaTranslator(source).Translate();

    private EcmaTranslation Translate()
    {
        while (tokens[next] is { Kind: not EcmaTokenKind.End } token)
        {
            next++;
            Add(token);
        }

        var whole = frames.Peek();
        return new(looksAround && whole.MayBeEmpty ? $"{NotWithinPair}(?:{regex})" : regex.ToString(), looksAround, whole.Size);
    }

    private void Add(EcmaToken token)
    {
        var start = regex.Length;
        switch (token.Kind)
        {
            case EcmaTokenKind.Character:
                AddSet(CodePointSet.Range(token.Value, token.Value));
                break;
            case EcmaTokenKind.Set:
                AddSet(token.Set!);
                break;
            case EcmaTokenKind.Start:
                AddEmpty(@"\A", size: 1);
                break;
            case EcmaTokenKind.Finish:
                // .NET's own $ would let a final newline through.
                AddEmpty(@"\z", size: 1);
                break;
            case EcmaTokenKind.Boundary:
                // .NET's own \b knows other words than those of ASCII.
                looksAround = true;
                AddEmpty($"(?:{WordBehind}{NoWordAhead}|{NoWordBehind}{WordAhead})", size: 4);
                break;
            case EcmaTokenKind.NoBoundary:
                looksAround = true;
                AddEmpty($"(?:{WordBehind}{WordAhead}|{NoWordBehind}{NoWordAhead})", size: 4);
                break;
            case EcmaTokenKind.Bar:
                regex.Append('|');
                frames.Peek().NextChoice();
                break;
            case EcmaTokenKind.BackReference:
                // A group that took no part matches the empty text; in .NET it would match none.
                looksAround = true;
                var group = reader.Group(token);
                regex.Append(CultureInfo.InvariantCulture, $"(?(g{group})\\k<g{group}>|)");
                Finish(start, size: 1, mayBeEmpty: true, captures);
                break;
            case EcmaTokenKind.Close:
                Close();
                break;
            default:
                Open(token);
                break;
        }
    }

    private void AddEmpty(string text, int size)
    {
        regex.Append(text);
        frames.Peek().Add(size, mayBeEmpty: true);
    }

    private void AddSet(CodePointSet set)
    {
        var start = regex.Length;
        var (text, choices) = set.ToRegex();
        regex.Append(text);
        Finish(start, choices, mayBeEmpty: false, captures);
    }

    private void Open(EcmaToken token)
    {
        if (frames.Count > MaxDepth)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"its groups are nested more than {MaxDepth} deep."));
        }

        var isBackward = token.Kind switch
        {
            EcmaTokenKind.Behind or EcmaTokenKind.NotBehind => true,
            EcmaTokenKind.Ahead or EcmaTokenKind.NotAhead => false,
            _ => frames.Peek().IsBackward,
        };
        frames.Push(new(token.Kind, regex.Length, captures, isBackward));
        looksAround |= LooksAround(token.Kind);
        regex.Append(token.Kind switch
        {
            EcmaTokenKind.Ahead => "(?=",
            EcmaTokenKind.NotAhead => "(?!",
            EcmaTokenKind.Behind => "(?<=",
            EcmaTokenKind.NotBehind => "(?<!",
            EcmaTokenKind.Capture when referred.Contains(token.Value) => string.Create(CultureInfo.InvariantCulture, $"(?<g{token.Value}>"),
            _ => "(?:",
        });
        captures += token.Kind == EcmaTokenKind.Capture ? 1 : 0;
    }

    private void Close()
    {
        regex.Append(')');
        var frame = frames.Pop();
        Finish(frame.Start, frame.Size + 1, frame.MayBeEmpty || LooksAround(frame.Kind), frame.Captures);
    }

    // An atom stands there, from its start; what repeats it belongs to it.
    private void Finish(int start, long size, bool mayBeEmpty, int capturesBefore)
    {
        if (tokens[next] is { Kind: EcmaTokenKind.Repetition } repetition)
        {
            next++;
            ForgetEveryRound(start, repetition, mayBeEmpty, capturesBefore);
            regex.Append(CultureInfo.InvariantCulture, $"{{{repetition.Min},{repetition.Max}}}{(repetition.IsLazy ? "?" : "")}");
            mayBeEmpty |= repetition.Min == 0;
            size *= Math.Max(1, repetition.Max ?? repetition.Min);
        }

        frames.Peek().Add(size, mayBeEmpty);
        if (frames.Peek().Size > MaxSize)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"its repetitions make it too large: more than {MaxSize} parts."));
        }
    }

    // In ECMA-262 a group has taken no part in a round until it does so in that very round, and a round that takes nothing is none; .NET keeps the last capture.
    private void ForgetEveryRound(int start, EcmaToken repetition, bool mayBeEmpty, int capturesBefore)
    {
        var inside = referred.Where(group => group > capturesBefore && group <= captures).Order().ToList();
        if (inside.Count == 0 || repetition.Max is 0 or 1)
        {
            return;
        }

        if (mayBeEmpty)
        {
            throw new FormatException("it refers back to a group in a repetition whose rounds may be empty, which this engine counts otherwise.");
        }

        var forget = string.Concat(inside.Select(group => string.Create(CultureInfo.InvariantCulture, $"(?(g{group})(?<-g{group}>)|)")));
        var isBackward = frames.Peek().IsBackward;
        regex.Insert(start, isBackward ? "(?:" : $"(?:{forget}").Append(isBackward ? $"{forget})" : ")");
    }

    private static bool LooksAround(EcmaTokenKind kind) => kind is EcmaTokenKind.Ahead or EcmaTokenKind.NotAhead or EcmaTokenKind.Behind or EcmaTokenKind.NotBehind;
}
