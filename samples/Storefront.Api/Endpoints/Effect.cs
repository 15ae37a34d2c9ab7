namespace Storefront.Api.Endpoints;

/// <summary>What a change came to: an answer with a sentence for the journal, or a problem and no change.</summary>
internal sealed class Effect
{
    private Effect(int status, object? answer, string sentence, IResult? problem)
    {
        Status = status;
        Answer = answer;
        Sentence = sentence;
        Problem = problem;
    }

    public int Status { get; }

    public object? Answer { get; }

    public string Sentence { get; }

    public IResult? Problem { get; }

    public static Effect Done(int status, object answer, string sentence) => new(status, answer, sentence, null);

    public static Effect None(IResult problem) => new(0, null, "", problem);
}
