using System.Runtime.CompilerServices;

namespace Touchstage.Safety.Steps;

internal sealed class RecordedStep
{
    private RecordedStep(string id) => Id = id;

    public string Id { get; }
}

internal sealed class TokenedStep
{
    private TokenedStep(string token) => Token = token;

    public string Token { get; }

    public static TokenedStep Forge() => new("forged");

    public static Func<string, TokenedStep> Later() => token => new(token);

    public static object Unmade() => RuntimeHelpers.GetUninitializedObject(typeof(TokenedStep));

    internal sealed class Minter
    {
        public async Task<TokenedStep> MintAsync(RecordedStep step)
        {
            await Task.Yield();
            return Make(step.Id);
        }

        public TokenedStep FromParts(string id) => Make(id);

        private static TokenedStep Make(string id) => new Func<TokenedStep>(() => new(id))();
    }

    internal sealed class Other
    {
        public static TokenedStep Mint(RecordedStep step) => new(step.Id);
    }
}
