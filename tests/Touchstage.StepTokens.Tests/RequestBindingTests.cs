namespace Touchstage.StepTokens.Tests;

public sealed class RequestBindingTests
{
    [Fact]
    public void Digest_Of_no_content_is_that_of_RFC_9530() =>
        RequestBinding.Digest([]).ShouldBe("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");

    [Fact]
    public void Compute_Headers_are_digested_in_the_documented_form()
    {
        var binding = RequestBinding.Compute("GET", "https://api.example/", [new("X-Two", "\t2 "), new("a-one", "1")], []);

        binding.HeaderNames.ShouldBe(["a-one", "x-two"]);
        binding.HeadersDigest.ShouldBe(RequestBinding.Digest("a-one: 1\nx-two: 2\n"u8));
    }

    [Theory]
    [InlineData("a", "1\nb: 2")]
    [InlineData("a", "1\r")]
    [InlineData("a b", "1")]
    [InlineData("", "1")]
    public void Compute_A_header_that_could_forge_a_line_throws(string name, string value) =>
        Should.Throw<ArgumentException>(() => RequestBinding.Compute("GET", "https://api.example/", [new(name, value)], []));

    [Fact]
    public void Compute_A_header_given_twice_throws() =>
        Should.Throw<ArgumentException>(() => RequestBinding.Compute("GET", "https://api.example/", [new("A", "1"), new("a", "1")], []));

    [Theory]
    [InlineData("GET", "https://api.example/#x")]
    [InlineData("G T", "https://api.example/")]
    public void Compute_A_fragment_or_a_method_that_is_no_token_throws(string method, string url) =>
        Should.Throw<ArgumentException>(() => RequestBinding.Compute(method, url, [], []));
}
