namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>Tests of the command line that share one store.</summary>
[CollectionDefinition(Name)]
public sealed class ShellCollection : ICollectionFixture<Shell>
{
    public const string Name = "shell";
}
